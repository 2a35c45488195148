/** What a deadline means right now: pure, so that the chip can be tested to the second. */
import { span } from "./time";

export type SlaTone = "ok" | "warn" | "late" | "calm";

export interface Deadline {
  /** ISO time, null when the workflow sets none. */
  dueAt: string | null;
  /** ISO time from which the deadline was counted. */
  since: string;
  /** The server's word: it knows business calendars, the browser does not. */
  state: string;
  /** Task status; the clock stands still while on hold and is over when done. */
  status: string;
}

export interface SlaView {
  tone: SlaTone;
  text: string;
  /** Which sentence a screen reader hears. */
  label: "sla.none" | "sla.met" | "sla.paused" | "sla.left" | "sla.over" | "sla.missed";
}

/** The same 80 % at which the server warns. */
const WARN_SHARE = 0.8;
const DONE = new Set(["completed", "closed"]);

function isNear(deadline: Deadline, due: number, now: number): boolean {
  const from = Date.parse(deadline.since);
  return due > from && (now - from) / (due - from) >= WARN_SHARE;
}

function doneView(deadline: Deadline): SlaView {
  return deadline.state === "breached"
    ? { tone: "calm", text: "", label: "sla.missed" }
    : { tone: "calm", text: "", label: "sla.met" };
}

export function slaView(deadline: Deadline, now: number): SlaView {
  if (deadline.dueAt === null) return { tone: "calm", text: "–", label: "sla.none" };
  if (DONE.has(deadline.status)) return doneView(deadline);
  const due = Date.parse(deadline.dueAt);
  const left = due - now;
  if (deadline.status === "on_hold") return { tone: "calm", text: "", label: "sla.paused" };
  if (left <= 0) return { tone: "late", text: `−${span(left)}`, label: "sla.over" };
  const near = deadline.state === "at_risk" || isNear(deadline, due, now);
  return { tone: near ? "warn" : "ok", text: span(left), label: "sla.left" };
}
