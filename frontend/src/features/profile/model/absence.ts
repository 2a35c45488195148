/** Absences as people type them, in the time of their own device. */
import type { Availability } from "../api/availability";

const two = (value: number) => String(value).padStart(2, "0");

/** For a field of date and time: `2026-11-24T09:30`, on the device's clock; empty for none. */
export function toField(iso: string | null): string {
  if (iso === null) return "";
  const at = new Date(iso);
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join("-");
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

export const fromField = (field: string): string | null =>
  field === "" ? null : new Date(field).toISOString();

export type Presence = "here" | "away" | "later" | "over";

/** Where somebody stands at a moment (milliseconds). */
export function presenceOf(
  { absent_from: from, absent_until: until }: Availability,
  at: number,
): Presence {
  if (from === null) return "here";
  if (at < Date.parse(from)) return "later";
  return until !== null && at >= Date.parse(until) ? "over" : "away";
}
