import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { auth, bodyOf } from "@/shared/api/client";
import type { components } from "@/shared/api/generated/auth";
import { PAGE_SIZE } from "../model/pages";
import type { InvitationState } from "../model/states";
import { useRefresh } from "../model/refresh";

export type Invitation = components["schemas"]["InvitationOut"];
export type NewInvitation = components["schemas"]["InvitationInRequest"];

const INVITATIONS = ["admin", "invitations"] as const;

export const useInvitations = (state: InvitationState, page: number) =>
  useQuery({
    queryKey: [...INVITATIONS, state, page],
    queryFn: ({ signal }) => {
      const query = { state, page, page_size: PAGE_SIZE };
      return bodyOf(auth.GET("/api/v1/invitations/", { params: { query }, signal }));
    },
    placeholderData: keepPreviousData,
  });

export function useInvite() {
  const onSuccess = useRefresh(INVITATIONS);
  return useMutation({
    mutationFn: (body: NewInvitation) => bodyOf(auth.POST("/api/v1/invitations/", { body })),
    onSuccess,
  });
}

const at = ({ id }: Invitation) => ({ params: { path: { invitation_id: id } } });

export function useResend() {
  const onSettled = useRefresh(INVITATIONS);
  return useMutation({
    mutationFn: (row: Invitation) =>
      bodyOf(auth.POST("/api/v1/invitations/{invitation_id}/resend/", at(row))),
    onSettled,
  });
}

export function useRevoke(row: Invitation) {
  const onSuccess = useRefresh(INVITATIONS);
  return useMutation({
    mutationFn: () => bodyOf(auth.DELETE("/api/v1/invitations/{invitation_id}/", at(row))),
    onSuccess,
  });
}
