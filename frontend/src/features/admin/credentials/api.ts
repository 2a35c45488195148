import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { PAGE_SIZE } from "../model/pages";
import { CALLS, type Kind, type NewCredential } from "./kinds";
import { useRefresh } from "../model/refresh";

const keyOf = (kind: Kind) => ["admin", "credentials", kind] as const;
/** An answer with a secret is forgotten with the dialog that shows it. */
const NEVER_KEPT = 0;

export const useCredentials = (kind: Kind, page: number) =>
  useQuery({
    queryKey: [...keyOf(kind), page],
    queryFn: ({ signal }) => CALLS[kind].list(page, PAGE_SIZE, signal),
    placeholderData: keepPreviousData,
  });

export function useCreate(kind: Kind) {
  const onSuccess = useRefresh(keyOf(kind));
  return useMutation({
    mutationFn: (wanted: NewCredential) => CALLS[kind].create(wanted),
    onSuccess,
    gcTime: NEVER_KEPT,
  });
}

export function useRotate(kind: Kind, id: number) {
  const onSuccess = useRefresh(keyOf(kind));
  return useMutation({
    mutationFn: (graceHours: number) => CALLS[kind].rotate(id, graceHours),
    onSuccess,
    gcTime: NEVER_KEPT,
  });
}

export function useRevoke(kind: Kind, id: number) {
  const onSuccess = useRefresh(keyOf(kind));
  return useMutation({ mutationFn: () => CALLS[kind].revoke(id), onSuccess });
}
