import { QueryClient } from "@tanstack/react-query";
import { isPassing } from "./errors";
import { session } from "./session";

const MAX_RETRIES = 2;

/**
 * Asked also while the browser believes to be offline: a failure that is said at once is better
 * than a wait without end, and what somebody did must not happen by itself an hour later.
 */
const networkMode = "always";

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode,
      refetchOnReconnect: true,
      staleTime: 10_000,
      retry: (failures, error) => failures < MAX_RETRIES && isPassing(error),
    },
    mutations: { networkMode, retry: false },
  },
});

/** One person's data is never shown to the next; the same person coming back sees fresh data. */
export function followSession(): () => void {
  let person = session.state.get().person?.id ?? null;
  return session.state.subscribe(() => {
    const now = session.state.get();
    if (now.status === "expired") return;
    const next = now.person?.id ?? null;
    if (next !== person) queryClient.clear();
    else void queryClient.invalidateQueries();
    person = next;
  });
}
