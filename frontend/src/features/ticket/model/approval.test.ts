import { expect, test } from "vitest";
import { aDetail, aMember, anAction, anEntry, aStep } from "@/testing/samples";
import { awaited, barOf } from "./approval";

const ME = { id: 3, username: "l1.ana", email: "Ana@example.com", roles: [] };
const approve = anAction({ action: "approve", name: "Approve" });
const given = { step_id: 1, user_id: 4, user_name: "Ben", at: "2026-03-02T10:00:00Z" };
const step = (over = {}) => aStep({ requires_approval: true, approvals_needed: 2, ...over });
const task = (over = {}) =>
  aDetail({ current_step: step(), available_actions: [approve], ...over });

test("who may approve is told of nothing", () => {
  expect(barOf(task({ approvals: [given] }), ME, "ana@example.com")).toBeNull();
});

test("who has approved waits for somebody else", () => {
  expect(barOf(task({ approvals: [{ ...given, user_id: 3 }] }), ME, "")).toBe("given");
});

test("who asked for it may not approve it, however the address is written", () => {
  const own = task({ current_step: step({ requester_may_approve: false }) });
  expect(barOf(own, ME, " ana@EXAMPLE.com")).toBe("asked");
  expect(barOf(own, { ...ME, email: "" }, "")).toBeNull();
});

test("who did the step before may not approve this one", () => {
  const entered = anEntry({ kind: "step_entered", user_id: 3 });
  const before = task({
    current_step: step({ previous_may_approve: false }),
    history: [entered, anEntry({ id: 2, kind: "task_started", user_id: 4 })],
  });
  expect(barOf(before, ME, "")).toBe("previous");
  expect(barOf({ ...before, current_step: step() }, ME, "")).toBeNull();
});

test("where nothing can be approved nothing is said about it", () => {
  const own = { current_step: step({ requester_may_approve: false }) };
  expect(barOf(task({ ...own, available_actions: [] }), ME, "ana@example.com")).toBeNull();
  expect(barOf(task({ ...own, status: "completed" }), ME, "ana@example.com")).toBeNull();
});

test("several approvals wait for the members that have not given theirs", () => {
  const members = [aMember(), aMember({ user_id: 4 }), aMember({ user_id: 5 })];
  const waiting = awaited(task({ approvals: [given] }), members);
  expect(waiting.map((each) => each.user_id)).toEqual([3, 5]);
});

test("one approval waits for who holds the step", () => {
  const holder = { user_id: 4, username: "l1.ben", name: "Ben", email: "" };
  const one = task({ current_step: step({ approvals_needed: 1 }), assigned_user: holder });
  expect(awaited(one, [aMember(), aMember({ user_id: 4 })])).toHaveLength(1);
});
