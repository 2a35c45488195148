import { describe, expect, test } from "vitest";
import type { CommentUpdate } from "@/shared/realtime/frames";
import { aComment } from "@/testing/samples";
import { logOf, missedBy, missedByHead, withOwn, withUpdate, type CommentLog } from "./thread";

const created = (seq: number, text = `comment ${seq}`): CommentUpdate => ({
  type: "comment_update",
  action: "create",
  seq,
  comment: aComment({ id: seq, seq, text }),
});

/** A later change of the comment that was created with `id`. */
const changed = (id: number, seq: number, text: string): CommentUpdate => ({
  type: "comment_update",
  action: "update",
  seq,
  comment: aComment({ id, seq: id, text }),
});

const EMPTY: CommentLog = logOf([]);
const play = (log: CommentLog, ...updates: CommentUpdate[]) => updates.reduce(withUpdate, log);
const texts = (log: CommentLog) => log.comments.map((each) => each.text);

describe("a log of comments", () => {
  test("begins with threads and their replies, in the order of writing", () => {
    const reply = aComment({ id: 3, seq: 3, text: "reply", parent_id: 1 });
    const log = logOf([
      { ...aComment({ id: 1, seq: 1, text: "one" }), replies: [reply] },
      { ...aComment({ id: 2, seq: 2, text: "two" }), replies: [] },
    ]);
    expect(texts(log)).toEqual(["one", "two", "reply"]);
    expect(log.lastSeq).toBe(3);
  });

  test("takes what comes, in order", () => {
    const log = play(EMPTY, created(1), created(2));
    expect(texts(log)).toEqual(["comment 1", "comment 2"]);
    expect(log.lastSeq).toBe(2);
  });

  test("is the same after any number of repeats", () => {
    const once = play(EMPTY, created(1), created(2), changed(1, 3, "edited"));
    const often = play(once, created(2), changed(1, 3, "edited"), created(1), created(2));
    expect(often).toEqual(once);
  });

  test("asks for what lies between when numbers jump", () => {
    const log = play(EMPTY, created(1));
    expect(missedBy(log, created(2))).toBeNull();
    expect(missedBy(log, created(4))).toBe(1);
  });

  test("asks once: the repeated part closes the gap without asking again", () => {
    const behind = play(EMPTY, created(1));
    const jumped = withUpdate(behind, created(4));
    const repeats = [created(2), created(3), created(4)];
    expect(repeats.map((each) => missedBy(jumped, each))).toEqual([null, null, null]);
    expect(texts(play(jumped, ...repeats))).toEqual([1, 2, 3, 4].map((seq) => `comment ${seq}`));
  });

  test("may have holes that this person is not to see, without asking for ever", () => {
    const log = play(EMPTY, created(1), created(5));
    expect(missedBy(log, created(6))).toBeNull();
    expect(missedByHead(log, 5)).toBeNull();
  });

  test("hears from a heartbeat that the last comment was lost", () => {
    const log = play(EMPTY, created(1));
    expect(missedByHead(log, 2)).toBe(1);
    expect(missedByHead(log, 1)).toBeNull();
    expect(missedByHead(log, undefined)).toBeNull();
  });

  test("is not set back by an overtaken change", () => {
    const log = play(EMPTY, created(1), changed(1, 3, "newest"), changed(1, 2, "older"));
    expect(texts(log)).toEqual(["newest"]);
  });

  test("shows one's own comment at once but still asks for those before it", () => {
    const log = withOwn(play(EMPTY, created(1)), aComment({ id: 3, seq: 3, text: "mine" }));
    expect(texts(log)).toEqual(["comment 1", "mine"]);
    expect(log.lastSeq).toBe(1);
    expect(missedByHead(log, 3)).toBe(1);
    expect(texts(play(log, created(2), created(3, "mine")))).toEqual([
      "comment 1",
      "comment 2",
      "mine",
    ]);
  });
});
