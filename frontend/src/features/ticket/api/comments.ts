import { queryOptions, useMutation, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { bodyOf, idempotent, messaging } from "@/shared/api/client";
import { nextOf } from "@/shared/api/cursor";
import { keys } from "@/shared/api/keys";
import type { Comment, Thread } from "@/shared/api/types";
import { logOf, withOwn, type CommentLog } from "../model/thread";

const PAGE_SIZE = 100;
const RETRY_MS = 15_000;

async function allThreads(ticketId: number, signal: AbortSignal): Promise<Thread[]> {
  const threads: Thread[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const query = { ticket_id: ticketId, page_size: PAGE_SIZE, cursor };
    const page = await bodyOf(messaging.GET("/api/comments/", { params: { query }, signal }));
    threads.push(...page.results);
    cursor = nextOf(page.next, "cursor");
  }
  return threads;
}

/** Read once; from then on the socket keeps it current. */
export const commentsOf = (ticketId: number) =>
  queryOptions({
    queryKey: keys.comments(ticketId),
    queryFn: async ({ signal }): Promise<CommentLog> => logOf(await allThreads(ticketId, signal)),
    staleTime: Infinity,
    refetchInterval: ({ state }) => (state.status === "error" ? RETRY_MS : false),
  });

/** Changes the log in the cache; what is not loaded yet will be read whole. */
export function changeLog(
  client: QueryClient,
  ticketId: number,
  by: (log: CommentLog) => CommentLog,
): void {
  client.setQueryData(commentsOf(ticketId).queryKey, (log) => log && by(log));
}

export interface NewComment {
  text: string;
  visibility: Comment["visibility"];
  /** The same for every attempt to send the same comment. */
  key: string;
}

export function useWriteComment(ticketId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ text, visibility, key }: NewComment) =>
      bodyOf(
        messaging.POST("/api/comments/", {
          body: { ticket_id: ticketId, text, visibility },
          headers: idempotent(key),
        }),
      ),
    onSuccess: (written) => changeLog(client, ticketId, (log) => withOwn(log, written)),
  });
}

export async function socketTicket(path: string): Promise<string> {
  const { ticket } = await bodyOf(messaging.POST("/ws-ticket/", { body: { path } }));
  return ticket;
}
