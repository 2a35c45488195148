/** What happened between the task that somebody saw and the task as it is. */
import type { HistoryEntry, TaskDetail } from "@/shared/api/types";

export type Conflict = { by: HistoryEntry | null };

export function conflictBetween(seen: TaskDetail, now: TaskDetail, myId: number): Conflict {
  const known = new Set(seen.history.map((entry) => entry.id));
  const newer = now.history.filter((entry) => !known.has(entry.id));
  return { by: newer.findLast((entry) => entry.user_id !== myId) ?? newer.at(-1) ?? null };
}
