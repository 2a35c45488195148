import { useMutation } from "@tanstack/react-query";
import { auth, bodyOf } from "@/shared/api/client";
import type { components } from "@/shared/api/generated/auth";
import { ROLES, type Role } from "../model/useSystems";
import { useRefresh } from "../model/refresh";

export type NewRole = components["schemas"]["RoleInRequest"];
export type RoleChange = components["schemas"]["PatchedRoleChangeInRequest"];

export function useAddRole() {
  const onSuccess = useRefresh(ROLES);
  return useMutation({
    mutationFn: (body: NewRole) => bodyOf(auth.POST("/api/v1/roles/", { body })),
    onSuccess,
  });
}

export function useChangeRole(roleId: number) {
  const onSuccess = useRefresh(ROLES);
  return useMutation({
    mutationFn: (body: RoleChange) =>
      bodyOf(
        auth.PATCH("/api/v1/roles/{role_id}/", { params: { path: { role_id: roleId } }, body }),
      ),
    onSuccess,
  });
}

export function useDeleteRole({ id }: Role) {
  const onSuccess = useRefresh(ROLES);
  return useMutation({
    mutationFn: () =>
      bodyOf(auth.DELETE("/api/v1/roles/{role_id}/", { params: { path: { role_id: id } } })),
    onSuccess,
  });
}
