import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { auth, bodyOf } from "@/shared/api/client";
import type { components } from "@/shared/api/generated/auth";
import { everyRow, PAGE_SIZE } from "../model/pages";
import { EVERYTHING, useRefresh } from "../model/refresh";

export type Membership = components["schemas"]["UserRoleOut"];
export type NewMembership = components["schemas"]["UserRoleInRequest"];

const MEMBERS = ["admin", "members"] as const;

interface Filter {
  system?: string;
  role_id?: number;
  page: number;
}

export const useMembers = (filter: Filter) =>
  useQuery({
    queryKey: [...MEMBERS, filter],
    queryFn: ({ signal }) => {
      const query = { ...filter, page_size: PAGE_SIZE };
      return bodyOf(auth.GET("/api/v1/user-roles/", { params: { query }, signal }));
    },
    placeholderData: keepPreviousData,
  });

/** What somebody holds in the systems that one administers. */
export const useMembershipsOf = (userId: number) =>
  useQuery({
    queryKey: [...MEMBERS, "of", userId],
    queryFn: ({ signal }) =>
      everyRow((page) => {
        const query = { ...page, user_id: userId };
        return bodyOf(auth.GET("/api/v1/user-roles/", { params: { query }, signal }));
      }),
  });

export function useGiveRole() {
  const onSuccess = useRefresh(EVERYTHING);
  return useMutation({
    mutationFn: (body: NewMembership) => bodyOf(auth.POST("/api/v1/user-roles/", { body })),
    onSuccess,
  });
}

const at = ({ assignment_id }: Membership) => ({ params: { path: { assignment_id } } });

export function useSwitchMembership() {
  const onSuccess = useRefresh(EVERYTHING);
  return useMutation({
    mutationFn: ({ row, isActive }: { row: Membership; isActive: boolean }) => {
      const body = { is_active: isActive };
      return bodyOf(auth.PATCH("/api/v1/user-roles/{assignment_id}/", { ...at(row), body }));
    },
    onSuccess,
  });
}

export function useTakeRole() {
  const onSuccess = useRefresh(EVERYTHING);
  return useMutation({
    mutationFn: (row: Membership) =>
      bodyOf(auth.DELETE("/api/v1/user-roles/{assignment_id}/", at(row))),
    onSuccess,
  });
}
