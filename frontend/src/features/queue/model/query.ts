import type { TaskStatus } from "@/shared/api/types";
import { sortOf, tabOf, type QueueSearch, type Tab } from "./search";

const PAGE_SIZE = 50;

// The server knows this word for "all that have not ended"; its description leaves it out.
const OPEN = "open" as TaskStatus;

interface View {
  status: TaskStatus;
  mine?: boolean;
  unassigned?: boolean;
  sla?: "at_risk" | "breached";
}

const VIEWS: Record<Tab, View> = {
  mine: { mine: true, status: OPEN },
  roles: { status: OPEN },
  unassigned: { unassigned: true, status: OPEN },
  risk: { sla: "at_risk", status: OPEN },
  late: { sla: "breached", status: OPEN },
  done: { status: "completed" },
};

/** How the list is paged: by cursor it is always newest first; any other order has numbers. */
export const pagedBy = (search: QueueSearch): "cursor" | "page" =>
  sortOf(search) === "new" ? "cursor" : "page";

/** What the Workflow API is asked for; `at` is the cursor or number of the page. */
export function listQuery(search: QueueSearch, at: string) {
  const view = VIEWS[tabOf(search)];
  const page =
    pagedBy(search) === "cursor"
      ? { cursor: at }
      : { page: Number(at), ordering: "sla_deadline" as const };
  return {
    ...view,
    ...page,
    page_size: PAGE_SIZE,
    status: search.status ?? view.status,
    ...(search.q !== undefined && { search: search.q }),
    ...(search.priority !== undefined && { priority: search.priority }),
  };
}

export const firstPage = (search: QueueSearch): string => (pagedBy(search) === "cursor" ? "" : "1");
