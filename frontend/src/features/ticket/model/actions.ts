/** Which of the server's actions stands where. What may be done is the server's word alone. */
import type { Action } from "@/shared/api/types";
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

export const idOf = (action: Action): string => `${action.action}-${action.transition_id ?? ""}`;
