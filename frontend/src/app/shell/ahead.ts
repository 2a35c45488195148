import { useEffect } from "react";

const REST_MS = 2_000;

/** What is opened next from almost everywhere. */
const NEXT: readonly (() => Promise<unknown>)[] = [
  () => import("./Palette"),
  () => import("./HelpSheet"),
  () => import("@/features/auth/components/SignInAgain"),
  () => import("@/shared/proof/Reauthentication"),
  () => import("@/features/notifications/components/NotificationList"),
  () => import("@/features/queue/components/QueuePage"),
  () => import("@/features/queue/components/BulkBar"),
  () => import("@/features/ticket/components/TicketPage"),
  () => import("@/features/ticket/components/WhyDialog"),
];

function fetchNext(): void {
  // What does not come now is asked for again when it is opened.
  NEXT.forEach((load) => void load().catch(() => undefined));
}

/**
 * Once the page has come to rest it fetches its other parts: they open at once, and also when the
 * network, or the release that they belong to, has gone away meanwhile.
 */
export function useFetchAhead(): void {
  useEffect(() => {
    const rest = setTimeout(fetchNext, REST_MS);
    return () => clearTimeout(rest);
  }, []);
}
