import { expect, test } from "vitest";
import { aTask } from "@/testing/samples";
import { actionsIn, commonRole, portions } from "./bulk";

test("people are offered where all tasks wait for the same role", () => {
  expect(commonRole([aTask({ role_id: 3 }), aTask({ role_id: 3 })])).toBe(3);
  expect(commonRole([aTask({ role_id: 3 }), aTask({ role_id: 4 })])).toBeNull();
  expect(commonRole([])).toBeNull();
});

test("more than the server takes at once goes in portions", () => {
  const sizes = portions(Array.from({ length: 250 }, (_, index) => index)).map((p) => p.length);
  expect(sizes).toEqual([100, 100, 50]);
});

test("what has ended is reopened or closed, and nothing else", () => {
  expect(actionsIn("done")).toEqual(["reopen", "close"]);
  expect(actionsIn("mine")).not.toContain("close");
});
