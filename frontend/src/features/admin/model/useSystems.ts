import { useQuery } from "@tanstack/react-query";
import { auth, bodyOf } from "@/shared/api/client";
import type { components } from "@/shared/api/generated/auth";
import { everyRow } from "./pages";

export type System = components["schemas"]["SystemOut"];
export type Role = components["schemas"]["RoleOut"];

export const ROLES = ["admin", "roles"] as const;

/** Every business system, for their names. */
export const useSystems = () =>
  useQuery({
    queryKey: ["admin", "systems"],
    queryFn: ({ signal }) =>
      everyRow((query) => bodyOf(auth.GET("/api/v1/systems/", { params: { query }, signal }))),
    staleTime: 5 * 60_000,
  });

/** Every role of the systems that one administers. */
export const useRoles = () =>
  useQuery({
    queryKey: ROLES,
    queryFn: ({ signal }) =>
      everyRow((query) => bodyOf(auth.GET("/api/v1/roles/", { params: { query }, signal }))),
  });

/** What a system is called; its slug until that is known. */
export function useSystemName(): (slug: string) => string {
  const { data = [] } = useSystems();
  return (slug) => data.find((system) => system.slug === slug)?.name ?? slug;
}
