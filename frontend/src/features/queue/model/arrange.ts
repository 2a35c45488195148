/**
 * Nothing moves under the pointer: rows that are shown keep their place and change in place, rows
 * that come in above wait until they are asked for, and rows that left stay, marked, until then.
 */
import type { TaskItem } from "@/shared/api/types";

export interface Row {
  task: TaskItem;
  /** No longer in this view; shown until the list is brought up to date. */
  isGone: boolean;
}

export interface Arrangement {
  rows: readonly Row[];
  /** How many wait. */
  waiting: number;
}

export const asRows = (tasks: readonly TaskItem[]): Row[] =>
  tasks.map((task) => ({ task, isGone: false }));

/** Numbered pages shift while they are read: a task that two of them bring is one task. */
export function once(tasks: readonly TaskItem[]): readonly TaskItem[] {
  const byId = new Map(tasks.map((task) => [task.task_id, task]));
  return byId.size === tasks.length ? tasks : [...byId.values()];
}

function lastIndex<T>(items: readonly T[], test: (item: T) => boolean): number {
  return items.findLastIndex(test);
}

/** `hasMore`: pages follow, so that a row missing at the end may merely have been pushed off. */
export function arrange(
  shown: readonly Row[],
  latest: readonly TaskItem[],
  hasMore: boolean,
): Arrangement {
  if (shown.every((row) => row.isGone)) return { rows: asRows(latest), waiting: 0 };
  const byId = new Map(latest.map((task) => [task.task_id, task]));
  const known = new Set(shown.map((row) => row.task.task_id));
  const lastPresent = lastIndex(shown, (row) => byId.has(row.task.task_id));
  const kept = shown.map((row, index) => {
    const task = byId.get(row.task.task_id);
    if (task !== undefined) return { task, isGone: false };
    return { task: row.task, isGone: !hasMore || index < lastPresent };
  });
  const tailFrom = lastIndex(latest, (task) => known.has(task.task_id)) + 1;
  const isNew = (task: TaskItem) => !known.has(task.task_id);
  return {
    rows: [...kept, ...asRows(latest.slice(tailFrom))],
    waiting: latest.slice(0, tailFrom).filter(isNew).length,
  };
}
