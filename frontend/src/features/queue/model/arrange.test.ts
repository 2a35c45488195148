import { expect, test } from "vitest";
import type { TaskItem } from "@/shared/api/types";
import { aTask } from "@/testing/samples";
import { arrange, asRows, type Arrangement } from "./arrange";

const tasks = (...ids: string[]): TaskItem[] => ids.map((task_id) => aTask({ task_id }));
const ids = ({ rows }: Arrangement) =>
  rows.map(({ task, isGone }) => (isGone ? `(${task.task_id})` : task.task_id));

test("the first answer is shown as it is", () => {
  expect(ids(arrange([], tasks("b", "a"), false))).toEqual(["b", "a"]);
});

test("a row that changes elsewhere changes in place", () => {
  const latest = [aTask({ task_id: "b", status: "in_progress" }), ...tasks("a")];
  const { rows } = arrange(asRows(tasks("a", "b")), latest, false);
  expect(rows.map(({ task }) => [task.task_id, task.status])).toEqual([
    ["a", "pending"],
    ["b", "in_progress"],
  ]);
});

test("rows that come in above wait and are counted", () => {
  const arranged = arrange(asRows(tasks("b", "a")), tasks("d", "b", "c", "a"), false);
  expect(ids(arranged)).toEqual(["b", "a"]);
  expect(arranged.waiting).toBe(2);
});

test("rows at the end are simply appended: nothing moves", () => {
  const arranged = arrange(asRows(tasks("a", "b")), tasks("a", "b", "c"), true);
  expect(ids(arranged)).toEqual(["a", "b", "c"]);
  expect(arranged.waiting).toBe(0);
});

test("a row that left keeps its place, marked", () => {
  expect(ids(arrange(asRows(tasks("a", "b", "c")), tasks("a", "c"), false))).toEqual([
    "a",
    "(b)",
    "c",
  ]);
});

test("a row pushed beyond the loaded pages is not called gone", () => {
  const arranged = arrange(asRows(tasks("c", "b", "a")), tasks("d", "c", "b"), true);
  expect(ids(arranged)).toEqual(["c", "b", "a"]);
  expect(arranged.waiting).toBe(1);
});

test("a marked row that comes back is itself again", () => {
  const away = arrange(asRows(tasks("a", "b")), tasks("b"), false);
  expect(ids(arrange(away.rows, tasks("a", "b"), false))).toEqual(["a", "b"]);
});

test("when everything shown has left, what there is comes in at once", () => {
  const away = arrange(asRows(tasks("a")), tasks(), false);
  expect(ids(away)).toEqual(["(a)"]);
  expect(ids(arrange(away.rows, tasks("b"), false))).toEqual(["b"]);
});
