import { expect, test } from "vitest";
import { readSearch, toggled } from "./search";

test("an address says which tickets are shown", () => {
  expect(readSearch({ tab: "risk", q: " vpn ", priority: "low,urgent" })).toEqual({
    tab: "risk",
    q: "vpn",
    priority: "urgent,low",
  });
});

test("what an address misspells is ignored, and the home view needs no words", () => {
  expect(readSearch({ tab: "mine", priority: "huge", status: 3, q: "", more: "x" })).toEqual({});
});

test("a filter is switched on and off", () => {
  const on = toggled({ tab: "roles" }, "priority", "urgent");
  expect(on).toEqual({ tab: "roles", priority: "urgent" });
  expect(toggled(on, "priority", "urgent")).toEqual({ tab: "roles" });
});
