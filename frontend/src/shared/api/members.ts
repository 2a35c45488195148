import { queryOptions, useQuery } from "@tanstack/react-query";
import { bodyOf, workflow } from "./client";
import type { Member } from "./types";

const MOST_MEMBERS = 100;

/** Who may be given the work of a role. */
export const membersOf = (roleId: number) =>
  queryOptions({
    queryKey: ["role-members", roleId],
    queryFn: async ({ signal }): Promise<Member[]> => {
      const params = { path: { role_id: roleId }, query: { page_size: MOST_MEMBERS } };
      const page = await bodyOf(workflow.GET("/roles/{role_id}/members/", { params, signal }));
      return page.results;
    },
  });

export const useMembers = (roleId: number) => useQuery(membersOf(roleId));

/** `Ana Alvarez (l1.ana)`: two people may share a name. */
export const memberName = ({ full_name: name, username }: Member): string =>
  name ? `${name} (${username})` : username;
