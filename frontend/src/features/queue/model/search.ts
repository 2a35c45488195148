/** The queue's view, filters, order and search are its address; nothing else remembers them. */
import type { Priority, TaskStatus } from "@/shared/api/types";
import { readText } from "@/shared/lib/address";

export const TABS = ["mine", "roles", "unassigned", "risk", "late", "done"] as const;
const PRIORITIES: readonly Priority[] = ["urgent", "high", "medium", "low"];
const OPEN: readonly TaskStatus[] = ["pending", "in_progress", "on_hold", "pending_external"];
const ENDED: readonly TaskStatus[] = ["completed", "closed"];

export type Tab = (typeof TABS)[number];
/** By deadline, the nearest first; or by number, the newest first. */
export type Sort = "due" | "new";
export type FilterName = "priority" | "status";

export interface QueueSearch {
  tab?: Tab;
  q?: string;
  priority?: Priority;
  status?: TaskStatus;
  sort?: Sort;
}

const NEWEST_FIRST: readonly Tab[] = ["roles", "done"];

export const tabOf = (search: QueueSearch): Tab => search.tab ?? "mine";

const usualSort = (tab: Tab): Sort => (NEWEST_FIRST.includes(tab) ? "new" : "due");

export const sortOf = (search: QueueSearch): Sort => search.sort ?? usualSort(tabOf(search));

const statusesOf = (tab: Tab) => (tab === "done" ? ENDED : OPEN);

export function choicesOf(name: FilterName, search: QueueSearch): readonly string[] {
  return name === "priority" ? PRIORITIES : statusesOf(tabOf(search));
}

const among = <T extends string>(allowed: readonly T[], value: unknown): T | undefined =>
  allowed.find((each) => each === value);

/** What an address asks for; what it misspells, or need not say, is left out. */
export function readSearch(raw: Record<string, unknown>): QueueSearch {
  const q = readText(raw["q"]);
  const tab = among(TABS, raw["tab"]) ?? "mine";
  const priority = among(PRIORITIES, raw["priority"]);
  const status = among(statusesOf(tab), raw["status"]);
  const sort = among<Sort>(["due", "new"], raw["sort"]);
  return {
    ...(tab !== "mine" && { tab }),
    ...(q !== "" && { q }),
    ...(priority && { priority }),
    ...(status && { status }),
    ...(sort && sort !== usualSort(tab) && { sort }),
  };
}

export const isFiltered = (search: QueueSearch): boolean =>
  (search.q ?? search.priority ?? search.status) !== undefined;

/** The same view in the same order, unfiltered. */
export const cleared = ({ tab, sort }: QueueSearch): QueueSearch => readSearch({ tab, sort });

/** The search with a filter set to a choice, or taken off when it was set to it. */
export function toggled(search: QueueSearch, name: FilterName, choice: string): QueueSearch {
  return readSearch({ ...search, [name]: search[name] === choice ? undefined : choice });
}
