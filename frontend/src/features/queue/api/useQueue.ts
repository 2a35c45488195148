import { useInfiniteQuery } from "@tanstack/react-query";
import { bodyOf, workflow } from "@/shared/api/client";
import { cursorOf } from "@/shared/api/cursor";
import { keys } from "@/shared/api/keys";
import { listQuery } from "../model/query";
import type { QueueSearch } from "../model/search";

const POLL_MS = 10_000;
/** Somebody who has scrolled this far reads; all pages at every poll would be a waste. */
const DEEP_PAGES = 3;
const DEEP_POLL_MS = 60_000;

async function page(search: QueueSearch, cursor: string, signal: AbortSignal) {
  const query = { ...listQuery(search), cursor };
  return bodyOf(workflow.GET("/tasks/", { params: { query }, signal }));
}

export function useQueue(search: QueueSearch) {
  return useInfiniteQuery({
    queryKey: keys.queue(search),
    queryFn: ({ pageParam, signal }) => page(search, pageParam, signal),
    initialPageParam: "",
    getNextPageParam: (last) => cursorOf(last.next),
    refetchInterval: (query) =>
      (query.state.data?.pages.length ?? 0) > DEEP_PAGES ? DEEP_POLL_MS : POLL_MS,
  });
}
