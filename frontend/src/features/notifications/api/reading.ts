/** Marking as read; only the opened list does so. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { bodyOf, notification } from "@/shared/api/client";
import { withAllRead, withRead } from "../model/pages";
import { change, notifications, type Pages } from "./queries";

/** Shown at once; put right from the server when it could not be stored. */
function useOptimistic<T>(send: (what: T) => Promise<unknown>, apply: (p: Pages, w: T) => Pages) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onMutate: async (what) => {
      await client.cancelQueries({ queryKey: notifications.queryKey });
      change(client, (pages) => apply(pages, what));
    },
    onError: () => client.invalidateQueries({ queryKey: notifications.queryKey }),
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
