import { useQueryClient, type QueryKey } from "@tanstack/react-query";

/** What people, roles and memberships say of each other changes together. */
export const EVERYTHING = ["admin"] as const;

/**
 * What a write does when it is done: its lists are read anew, without waiting for them. The row
 * that asked may go with the answer, and a callback of a component that is gone is never called.
 */
export function useRefresh(queryKey: QueryKey): () => void {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey });
}
