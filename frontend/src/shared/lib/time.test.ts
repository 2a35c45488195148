import { expect, test } from "vitest";
import { age, ago, exactTime, span } from "./time";

const M = 60_000;

test.each([
  [0, "0:00"],
  [59_999, "0:59"],
  [9 * M + 59_000, "9:59"],
  [10 * M, "10m"],
  [60 * M, "1h 00m"],
  [24 * 60 * M - 1, "23h 59m"],
  [24 * 60 * M, "1d 0h"],
  [-5 * M, "5:00"],
])("a span of %i ms reads %s", (ms, text) => {
  expect(span(ms)).toBe(text);
});

test.each([
  [0, "now"],
  [M, "1m"],
  [60 * M, "1h"],
  [48 * 60 * M, "2d"],
])("%i ms ago reads %s", (ms, text) => {
  expect(age(ms)).toBe(text);
});

test("within a sentence it is said that it was ago", () => {
  expect([ago(0), ago(5 * M)]).toEqual(["just now", "5m ago"]);
});

test("an exact time says in which zone it is meant", () => {
  const zone = new Intl.DateTimeFormat(undefined, { timeZoneName: "short" })
    .formatToParts(new Date("2026-03-03T14:05:00Z"))
    .find(({ type }) => type === "timeZoneName")?.value;
  expect(exactTime("2026-03-03T14:05:00Z")).toMatch(new RegExp(`2026.*:05.*${zone}`));
});
