import {
  infiniteQueryOptions,
  useInfiniteQuery,
  useMutation,
  useQueryClient,
  type InfiniteData,
  type QueryClient,
} from "@tanstack/react-query";
import { bodyOf, notification } from "@/shared/api/client";
import { nextOf } from "@/shared/api/cursor";
import { keys } from "@/shared/api/keys";
import type { Notification, NotificationPage } from "@/shared/api/types";
import { withAllRead, withNew, withRead, withUnread } from "../model/pages";

const PAGE_SIZE = 20;

export type Pages = InfiniteData<NotificationPage>;

const options = infiniteQueryOptions({
  queryKey: keys.notifications,
  queryFn: ({ pageParam, signal }) =>
    bodyOf(
      notification.GET("/api/v2/notifications/inapp/", {
        params: { query: { cursor: pageParam, page_size: PAGE_SIZE } },
        signal,
      }),
    ),
  initialPageParam: "",
  getNextPageParam: (last) => nextOf(last.next, "cursor"),
});

export const useNotifications = () => useInfiniteQuery(options);

function change(client: QueryClient, by: (pages: Pages) => Pages): void {
  client.setQueryData(options.queryKey, (pages) => pages && by(pages));
}

export const hearNotification = (client: QueryClient, arrived: Notification) =>
  change(client, (pages) => withNew(pages, arrived));

export const hearUnread = (client: QueryClient, count: number) =>
  change(client, (pages) => withUnread(pages, count));

/** Shown at once; put right from the server when it could not be stored. */
function useOptimistic<T>(send: (what: T) => Promise<unknown>, apply: (p: Pages, w: T) => Pages) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onMutate: async (what) => {
      await client.cancelQueries({ queryKey: options.queryKey });
      change(client, (pages) => apply(pages, what));
    },
    onError: () => client.invalidateQueries({ queryKey: options.queryKey }),
  });
}

export const useMarkRead = () =>
  useOptimistic(
    (id: number) =>
      bodyOf(
        notification.PATCH("/api/v2/notifications/inapp/{notification_id}/", {
          params: { path: { notification_id: id } },
          body: { is_read: true },
        }),
      ),
    withRead,
  );

export const useMarkAllRead = () =>
  useOptimistic<undefined>(
    () => bodyOf(notification.POST("/api/v2/notifications/inapp/mark-all-read/")),
    withAllRead,
  );

export async function socketTicket(path: string): Promise<string> {
  const { ticket } = await bodyOf(notification.POST("/ws-ticket/", { body: { path } }));
  return ticket;
}
