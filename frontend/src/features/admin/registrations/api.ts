import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { auth, bodyOf } from "@/shared/api/client";
import type { components } from "@/shared/api/generated/auth";
import { PAGE_SIZE } from "../model/pages";
import type { RegistrationState } from "../model/states";
import { EVERYTHING, useRefresh } from "../model/refresh";

export type Registration = components["schemas"]["RegistrationOut"];

const REGISTRATIONS = ["admin", "registrations"] as const;

const read = (state: RegistrationState, page: number, page_size: number, signal: AbortSignal) => {
  const query = { state, page, page_size };
  return bodyOf(auth.GET("/api/v1/registrations/", { params: { query }, signal }));
};

export const useRegistrations = (state: RegistrationState, page: number) =>
  useQuery({
    queryKey: [...REGISTRATIONS, state, page],
    queryFn: ({ signal }) => read(state, page, PAGE_SIZE, signal),
    placeholderData: keepPreviousData,
  });

/** How many people wait for an account. */
export function useWaitingCount(isAsked: boolean): number {
  const waiting = useQuery({
    queryKey: [...REGISTRATIONS, "waiting"],
    queryFn: ({ signal }) => read("pending", 1, 1, signal),
    enabled: isAsked,
    refetchInterval: 60_000,
  });
  return waiting.data?.count ?? 0;
}

const at = ({ id }: Registration) => ({ params: { path: { registration_id: id } } });

export function useApprove(row: Registration) {
  const onSuccess = useRefresh(EVERYTHING);
  return useMutation({
    mutationFn: (role_ids: number[]) => {
      const body = { role_ids };
      return bodyOf(
        auth.POST("/api/v1/registrations/{registration_id}/approve/", { ...at(row), body }),
      );
    },
    onSuccess,
  });
}

export function useReject(row: Registration) {
  const onSuccess = useRefresh(EVERYTHING);
  return useMutation({
    mutationFn: (reason: string) => {
      const body = { reason };
      return bodyOf(
        auth.POST("/api/v1/registrations/{registration_id}/reject/", { ...at(row), body }),
      );
    },
    onSuccess,
  });
}
