import type { Comment, HistoryEntry } from "@/shared/api/types";
import type { View } from "./view";

export type TimelineItem =
  | { kind: "comment"; id: string; at: number; comment: Comment }
  | { kind: "event"; id: string; at: number; entry: HistoryEntry; isSaid: boolean };

/** One act makes several lines, and each of them carries what was said about it. */
const isSame = (entry: HistoryEntry, before: HistoryEntry | undefined): boolean =>
  before !== undefined && entry.at === before.at && entry.notes === before.notes;

/** Comments and history in one order, oldest first. */
export function timelineOf(
  comments: readonly Comment[],
  history: readonly HistoryEntry[],
  view: View,
): TimelineItem[] {
  const items: TimelineItem[] = [];
  if (view !== "history") {
    for (const comment of comments) {
      const at = Date.parse(comment.created_at);
      items.push({ kind: "comment", id: `c${comment.id}`, at, comment });
    }
  }
  if (view !== "comments") {
    history.forEach((entry, index) => {
      const isSaid = isSame(entry, history[index - 1]);
      items.push({ kind: "event", id: `h${entry.id}`, at: Date.parse(entry.at), entry, isSaid });
    });
  }
  return items.sort((a, b) => a.at - b.at);
}
