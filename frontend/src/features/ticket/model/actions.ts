/** Which of the server's actions stands where. What may be done is the server's word alone. */
import type { Action, TaskDetail } from "@/shared/api/types";
import { tOr } from "@/shared/lib/i18n";
import "@/shared/lib/texts.work";

/** What carries the work forward; the first of them is the solid button. */
const FORWARD = new Set(["start", "claim", "transition", "approve", "complete", "resume"]);
const BESIDE = new Set([...FORWARD, "reject"]);
const NEEDS_PERSON = new Set(["transfer", "assign"]);

export interface ArrangedActions {
  primary: Action | null;
  beside: readonly Action[];
  menu: readonly Action[];
}

const isForward = (action: Action) => FORWARD.has(action.action) && action.kind !== "reject";

export function arranged(actions: readonly Action[]): ArrangedActions {
  const primary = actions.find(isForward) ?? null;
  const others = actions.filter((action) => action !== primary);
  return {
    primary,
    beside: others.filter((action) => BESIDE.has(action.action)),
    menu: others.filter((action) => !BESIDE.has(action.action)),
  };
}

export const needsPerson = (action: Action): boolean => NEEDS_PERSON.has(action.action);

/** Something to fill in first. */
export const needsPanel = (action: Action): boolean => action.needs_reason || needsPerson(action);

/** Transitions have names of their own; everything else is named here. */
export const nameOf = (action: Action): string =>
  action.transition_id === null ? tOr(`action.${action.action}`, action.name) : action.name;

export const idOf = ({ action, transition_id: over, branch }: Action): string =>
  [action, over ?? "", branch ?? ""].join("-");

const branchOf = (task: TaskDetail, action: Action) =>
  task.branches.find(({ branch }) => branch === action.branch);

/** The name, and of a task that is split the step on which it is done. */
export function nameIn(task: TaskDetail, action: Action): string {
  const branch = action.branch === null ? undefined : branchOf(task, action);
  return branch === undefined ? nameOf(action) : `${nameOf(action)} · ${branch.step_name}`;
}

/** Whose members an action can hand the work to, and who has it now. */
export function handsOver(
  task: TaskDetail,
  action: Action,
): { roleId: number; holder: number | null } {
  const branch = branchOf(task, action);
  if (branch !== undefined) return { roleId: branch.role_id, holder: branch.assigned_user };
  return { roleId: task.role_id, holder: task.assigned_user?.user_id ?? null };
}
