import { useMutation, useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { bodyOf, workflow } from "@/shared/api/client";
import type { components } from "@/shared/api/generated/workflow";
import { membersOf } from "@/shared/api/members";
import { session } from "@/shared/api/session";
import type { Member } from "@/shared/api/types";

export type Availability = components["schemas"]["AvailabilityOut"];
export type AvailabilityChange = components["schemas"]["PatchedAvailabilityInRequest"];

const OWN = ["availability", "me"] as const;
const MOST_ROLES = 100;

export const useAvailability = () =>
  useQuery({
    queryKey: OWN,
    queryFn: ({ signal }) => bodyOf(workflow.GET("/people/me/availability/", { signal })),
  });

export function useSetAvailability() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: AvailabilityChange) =>
      bodyOf(workflow.PATCH("/people/me/availability/", { body })),
    onSuccess: (now) => {
      client.setQueryData(OWN, now);
      void client.invalidateQueries({ queryKey: ["role-members"] });
    },
  });
}

/** Members of the roles that one holds, without oneself: who could stand in. */
export function useColleagues(): readonly Member[] {
  const { person } = session.state.get();
  const held = new Set(person?.roles.filter(({ system }) => system === "tts").map((r) => r.role));
  const roles = useQuery({
    queryKey: ["roles", "tts"],
    queryFn: async ({ signal }) => {
      const query = { system: "tts", page_size: MOST_ROLES };
      return (await bodyOf(workflow.GET("/roles/", { params: { query }, signal }))).results;
    },
  });
  const mine = roles.data?.filter(({ name }) => held.has(name)) ?? [];
  const members = useQueries({ queries: mine.map(({ role_id: id }) => membersOf(id)) });
  const all = members.flatMap(({ data }) => data ?? []);
  const byId = new Map(all.map((each) => [each.user_id, each]));
  byId.delete(person?.id ?? 0);
  return [...byId.values()];
}
