import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { keys } from "@/shared/api/keys";
import { openLive } from "@/shared/realtime/live";
import { hearNotification, hearUnread, socketTicket } from "../api/queries";

/** Work that arrives or moves is told by a notification: lists look again at once. */
export function useLiveNotifications(): void {
  const client = useQueryClient();
  useEffect(
    () =>
      openLive({
        path: "ws/notifications/",
        ticketFor: socketTicket,
        onState: (state) => {
          if (state === "live") void client.invalidateQueries({ queryKey: keys.notifications });
        },
        onFrame: (frame) => {
          if (frame.type === "unread") hearUnread(client, frame.count);
          if (frame.type !== "notification") return;
          hearNotification(client, frame.notification);
          void client.invalidateQueries({ queryKey: keys.tasks });
        },
      }),
    [client],
  );
}
