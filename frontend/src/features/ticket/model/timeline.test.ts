import { expect, test } from "vitest";
import { aComment, anEntry } from "@/testing/samples";
import { timelineOf } from "./timeline";

test("what one act is explained with is quoted once", () => {
  const notes = "Needs someone with access";
  const history = [
    anEntry({ id: 1, notes }),
    anEntry({ id: 2, notes }),
    anEntry({ id: 3, notes, at: "2026-03-02T11:00:00Z" }),
  ];
  const said = timelineOf([], history, "all").map((item) => item.kind === "event" && item.isSaid);
  expect(said).toEqual([false, true, false]);
});

test("comments and history come in one order, and each can be had alone", () => {
  const comment = aComment({ created_at: "2026-03-02T09:00:00Z" });
  const kinds = (view: "all" | "comments" | "history") =>
    timelineOf([comment], [anEntry()], view).map(({ kind }) => kind);
  expect(kinds("all")).toEqual(["comment", "event"]);
  expect(kinds("comments")).toEqual(["comment"]);
  expect(kinds("history")).toEqual(["event"]);
});
