import { expect, test } from "vitest";
import { firstPage, listQuery } from "./query";
import { readSearch, toggled } from "./search";

test("an address says which tickets are shown", () => {
  expect(readSearch({ tab: "risk", q: " vpn ", priority: "urgent", sort: "new" })).toEqual({
    tab: "risk",
    q: "vpn",
    priority: "urgent",
    sort: "new",
  });
});

test("a number is looked for like any other word", () => {
  expect(readSearch({ q: 4711 })).toEqual({ q: "4711" });
  expect(readSearch({ q: true })).toEqual({ q: "true" });
});

test("what an address misspells is ignored, and what is usual needs no words", () => {
  const odd = { tab: "mine", priority: "huge", status: 3, q: "", sort: "due", more: "x" };
  expect(readSearch(odd)).toEqual({});
});

test("a status that a view cannot have is no filter of it", () => {
  expect(readSearch({ status: "closed" })).toEqual({});
  expect(readSearch({ tab: "done", status: "closed" })).toEqual({ tab: "done", status: "closed" });
});

test("a filter is switched on and off", () => {
  const on = toggled({ tab: "roles" }, "priority", "urgent");
  expect(on).toEqual({ tab: "roles", priority: "urgent" });
  expect(toggled(on, "priority", "low").priority).toBe("low");
  expect(toggled(on, "priority", "urgent")).toEqual({ tab: "roles" });
});

test("by deadline pages have numbers, newest first they have cursors", () => {
  expect(listQuery({}, firstPage({}))).toMatchObject({ page: 1, ordering: "sla_deadline" });
  const newest = { sort: "new" } as const;
  expect(listQuery(newest, firstPage(newest))).toMatchObject({ cursor: "", mine: true });
  expect(listQuery(newest, "")).not.toHaveProperty("ordering");
});
