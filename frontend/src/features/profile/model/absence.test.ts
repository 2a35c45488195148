import { expect, test } from "vitest";
import type { Availability } from "../api/availability";
import { fromField, presenceOf, toField } from "./absence";

const absence = (from: string | null, until: string | null) =>
  ({ absent_from: from, absent_until: until }) as Availability;
const NOON = Date.parse("2026-11-24T12:00:00Z");

test("what a field shows is what it sends", () => {
  const iso = new Date(2026, 10, 24, 9, 30).toISOString();
  expect(toField(iso)).toBe("2026-11-24T09:30");
  expect(fromField(toField(iso))).toBe(iso);
  expect([toField(null), fromField("")]).toEqual(["", null]);
});

test("an absence lies ahead, lasts or is over; without an end it lasts", () => {
  const [before, after] = ["2026-11-24T08:00:00Z", "2026-11-25T08:00:00Z"];
  expect(presenceOf(absence(null, null), NOON)).toBe("here");
  expect(presenceOf(absence(after, null), NOON)).toBe("later");
  expect(presenceOf(absence(before, after), NOON)).toBe("away");
  expect(presenceOf(absence(before, null), NOON)).toBe("away");
  expect(presenceOf(absence(before, before), NOON)).toBe("over");
});
