import { useCallback, useMemo, useState } from "react";
import type { TaskItem } from "@/shared/api/types";
import type { Row } from "./arrange";

export interface Selection {
  ids: ReadonlySet<string>;
  /** The chosen tasks as they are now, in the order of the list. */
  tasks: readonly TaskItem[];
  toggle: (taskId: string) => void;
  /** All rows that are loaded, or none. */
  toggleAll: () => void;
  choose: (taskIds: readonly string[]) => void;
}

const NONE: ReadonlySet<string> = new Set();

const toggled = (ids: ReadonlySet<string>, taskId: string): ReadonlySet<string> => {
  const next = new Set(ids);
  if (!next.delete(taskId)) next.add(taskId);
  return next;
};

/** Which rows of a view are chosen for one act; another view starts with none. */
export function useSelection(view: string, rows: readonly Row[]): Selection {
  const [held, setHeld] = useState({ view, ids: NONE });
  const ids = held.view === view ? held.ids : NONE;
  const tasks = useMemo(
    () =>
      ids.size === 0 ? [] : rows.map((row) => row.task).filter((task) => ids.has(task.task_id)),
    [ids, rows],
  );
  const toggle = useCallback(
    (taskId: string) =>
      setHeld((now) => ({ view, ids: toggled(now.view === view ? now.ids : NONE, taskId) })),
    [view],
  );
  const choose = (taskIds: readonly string[]) => setHeld({ view, ids: new Set(taskIds) });
  const toggleAll = () =>
    choose(tasks.length === rows.length ? [] : rows.map((row) => row.task.task_id));
  return { ids, tasks, toggle, toggleAll, choose };
}
