import { useInfiniteQuery } from "@tanstack/react-query";
import { bodyOf, workflow } from "@/shared/api/client";
import { nextOf } from "@/shared/api/cursor";
import { keys } from "@/shared/api/keys";
import { firstPage, listQuery, pagedBy } from "../model/query";
import { tabOf, type QueueSearch, type Tab } from "../model/search";

const POLL_MS = 10_000;
/** Somebody who has scrolled this far reads; all pages at every poll would be a waste. */
const DEEP_PAGES = 3;
const DEEP_POLL_MS = 60_000;

const isOfTab = (search: unknown, tab: Tab) =>
  search !== undefined && tabOf(search as QueueSearch) === tab;

export function useQueue(search: QueueSearch) {
  return useInfiniteQuery({
    queryKey: keys.queue(search),
    queryFn: ({ pageParam, signal }) =>
      bodyOf(workflow.GET("/tasks/", { params: { query: listQuery(search, pageParam) }, signal })),
    // The same list sorted or filtered otherwise: until it is there the rows of before are shown.
    placeholderData: (before, query) =>
      isOfTab(query?.queryKey.at(-1), tabOf(search)) ? before : undefined,
    initialPageParam: firstPage(search),
    getNextPageParam: (last) => nextOf(last.next, pagedBy(search)),
    refetchInterval: (query) =>
      (query.state.data?.pages.length ?? 0) > DEEP_PAGES ? DEEP_POLL_MS : POLL_MS,
  });
}
