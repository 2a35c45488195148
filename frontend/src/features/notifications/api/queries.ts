import {
  infiniteQueryOptions,
  useInfiniteQuery,
  type InfiniteData,
  type QueryClient,
} from "@tanstack/react-query";
import { bodyOf, notification } from "@/shared/api/client";
import { nextOf } from "@/shared/api/cursor";
import { keys } from "@/shared/api/keys";
import type { Notification, NotificationPage } from "@/shared/api/types";
import { withNew, withUnread } from "../model/pages";

const PAGE_SIZE = 20;

export type Pages = InfiniteData<NotificationPage>;

export const notifications = infiniteQueryOptions({
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

export const useNotifications = () => useInfiniteQuery(notifications);

export function change(client: QueryClient, by: (pages: Pages) => Pages): void {
  client.setQueryData(notifications.queryKey, (pages) => pages && by(pages));
}

export const hearNotification = (client: QueryClient, arrived: Notification) =>
  change(client, (pages) => withNew(pages, arrived));

export const hearUnread = (client: QueryClient, count: number) =>
  change(client, (pages) => withUnread(pages, count));

export async function socketTicket(path: string): Promise<string> {
  const { ticket } = await bodyOf(notification.POST("/ws-ticket/", { body: { path } }));
  return ticket;
}
