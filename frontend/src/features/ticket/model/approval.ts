/** Who has approved a step, whom it waits for, and why somebody may not approve it. */
import type { Person } from "@/shared/api/token";
import type { Member, TaskDetail } from "@/shared/api/types";

/** The server has the last word; this is so that people know before they try. */
export type Bar = "given" | "asked" | "previous";

const isSameAddress = (one: string, other: string): boolean =>
  one.trim() !== "" && one.trim().toLowerCase() === other.trim().toLowerCase();

const lastMover = (task: TaskDetail): number | null =>
  task.history.findLast((entry) => entry.kind === "step_entered")?.user_id ?? null;

export const wantsApproval = (task: TaskDetail): boolean =>
  task.current_step.requires_approval && !["completed", "closed"].includes(task.status);

/** Those of the step that is shown; of a split task every branch has its own. */
export const givenTo = (task: TaskDetail) =>
  task.approvals.filter(({ step_id: step }) => step === task.current_step.step_id);

/** Why this person may not approve now, if at all; null when nothing stands against it. */
export function barOf(task: TaskDetail, person: Person, requesterEmail: string): Bar | null {
  const step = task.current_step;
  if (!wantsApproval(task)) return null;
  if (!task.available_actions.some(({ action }) => action === "approve")) return null;
  if (givenTo(task).some((each) => each.user_id === person.id)) return "given";
  if (!step.requester_may_approve && isSameAddress(person.email, requesterEmail)) return "asked";
  if (!step.previous_may_approve && lastMover(task) === person.id) return "previous";
  return null;
}

/** Who can still approve: where one is enough it is who holds the step. */
export function awaited(task: TaskDetail, members: readonly Member[]): readonly Member[] {
  const given = new Set(givenTo(task).map((each) => each.user_id));
  const isOpen = ({ user_id: id }: Member) =>
    !given.has(id) && (task.current_step.previous_may_approve || lastMover(task) !== id);
  if (task.current_step.approvals_needed > 1) return members.filter(isOpen);
  return members.filter(({ user_id: id }) => id === task.assigned_user?.user_id);
}
