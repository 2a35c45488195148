/** What those are called who have to do with a ticket: comments know their usernames only. */
import type { TaskDetail } from "@/shared/api/types";

export type Names = ReadonlyMap<number, string>;

type Known = readonly [id: number | null | undefined, name: string | null | undefined];

function known(task: TaskDetail): Known[] {
  return [
    ...task.history.map((each): Known => [each.user_id, each.user_full_name]),
    ...task.approvals.map((each): Known => [each.user_id, each.user_name]),
    ...task.assignments.map((each): Known => [each.user_id, each.user_name]),
    [task.owner?.user_id, task.owner?.name],
    [task.assigned_user?.user_id, task.assigned_user_name],
  ];
}

export function namesIn(task: TaskDetail): Names {
  const names = new Map<number, string>();
  for (const [id, name] of known(task)) if (id && name) names.set(id, name);
  return names;
}
