/** One act on several tasks: what it takes, and what came of it. */
import type { components } from "@/shared/api/generated/workflow";
import type { TaskItem } from "@/shared/api/types";
import type { Tab } from "./search";

/** A named way forward is offered on each ticket by itself: here it would need its steps compared. */
export type BulkAction = Exclude<components["schemas"]["ActionEnum"], "transition">;
export type BulkResult = components["schemas"]["BulkResultOut"];

const OPEN: readonly BulkAction[] = [
  "start",
  "claim",
  "hold",
  "resume",
  "assign",
  "transfer",
  "escalate",
  "complete",
  "approve",
  "reject",
];
const ENDED: readonly BulkAction[] = ["reopen", "close"];
const REASON: ReadonlySet<BulkAction> = new Set([
  "hold",
  "transfer",
  "escalate",
  "reject",
  "reopen",
]);
const PERSON: ReadonlySet<BulkAction> = new Set(["assign", "transfer"]);

/** So many the server takes at once. */
export const AT_ONCE = 100;

export const actionsIn = (tab: Tab): readonly BulkAction[] => (tab === "done" ? ENDED : OPEN);
export const needsReason = (action: BulkAction): boolean => REASON.has(action);
export const needsPerson = (action: BulkAction): boolean => PERSON.has(action);

/** The role that all of them wait for, if it is one: only its members can be given all of them. */
export function commonRole(tasks: readonly TaskItem[]): number | null {
  const roles = new Set(tasks.map((task) => task.role_id));
  return roles.size === 1 ? (tasks[0]?.role_id ?? null) : null;
}

/** As many calls as the server needs to be asked for all. */
export function portions<T>(items: readonly T[]): T[][] {
  const parts: T[][] = [];
  for (let from = 0; from < items.length; from += AT_ONCE) {
    parts.push(items.slice(from, from + AT_ONCE));
  }
  return parts;
}
