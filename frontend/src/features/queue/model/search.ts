/** The queue's view, filters and search are its address; nothing else remembers them. */
export const TABS = ["mine", "roles", "unassigned", "risk", "done"] as const;
export const PRIORITIES = ["urgent", "high", "medium", "low"] as const;
export const STATUSES = ["pending", "in_progress", "on_hold", "pending_external"] as const;

export type Tab = (typeof TABS)[number];

export interface QueueSearch {
  tab?: Tab;
  q?: string;
  /** Comma-separated, as in the address. */
  priority?: string;
  status?: string;
}

export type FilterName = "priority" | "status";

export const CHOICES: Record<FilterName, readonly string[]> = {
  priority: PRIORITIES,
  status: STATUSES,
};

const isTab = (value: unknown): value is Tab => TABS.includes(value as Tab);

export const split = (value: string | undefined): string[] => value?.split(",") ?? [];

function kept(value: unknown, allowed: readonly string[]): string | undefined {
  if (typeof value !== "string") return undefined;
  const known = allowed.filter((each) => value.split(",").includes(each));
  return known.length > 0 ? known.join(",") : undefined;
}

/** What an address asks for; what it misspells is ignored. */
export function readSearch(raw: Record<string, unknown>): QueueSearch {
  const q = typeof raw["q"] === "string" ? raw["q"].trim() : "";
  const priority = kept(raw["priority"], PRIORITIES);
  const status = kept(raw["status"], STATUSES);
  return {
    ...(isTab(raw["tab"]) && raw["tab"] !== "mine" && { tab: raw["tab"] }),
    ...(q !== "" && { q }),
    ...(priority !== undefined && { priority }),
    ...(status !== undefined && { status }),
  };
}

export const isFiltered = (search: QueueSearch): boolean =>
  (search.q ?? search.priority ?? search.status) !== undefined;

/** The search with one choice of a filter switched. */
export function toggled(search: QueueSearch, name: FilterName, choice: string): QueueSearch {
  const chosen = split(search[name]);
  const next = chosen.includes(choice)
    ? chosen.filter((each) => each !== choice)
    : [...chosen, choice];
  return readSearch({ ...search, [name]: next.join(",") });
}
