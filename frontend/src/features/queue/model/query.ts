import { split, type QueueSearch, type Tab } from "./search";

const PAGE_SIZE = 50;

const OPEN = "pending,in_progress,on_hold,pending_external";

const VIEWS: Record<Tab, { status: string; [name: string]: unknown }> = {
  mine: { mine: true, status: OPEN },
  roles: { status: OPEN },
  unassigned: { assigned_user: "none", status: OPEN },
  risk: { sla: "at_risk,breached", status: OPEN },
  done: { status: "completed,closed", ordering: "-created_at" },
};

/** What the Workflow API is asked for, without the cursor. */
export function listQuery(search: QueueSearch) {
  const view = VIEWS[search.tab ?? "mine"];
  const chosen = split(search.status);
  return {
    ...view,
    page_size: PAGE_SIZE,
    ...(search.q !== undefined && { search: search.q }),
    ...(search.priority !== undefined && { priority: search.priority }),
    ...(chosen.length > 0 && search.tab !== "done" && { status: chosen.join(",") }),
  };
}
