/**
 * The comments of a ticket as a value that frames change. The socket's log is the truth: each
 * change has a `seq`, `lastSeq` is the last one known, and whoever falls behind asks for the rest.
 */
import type { Comment, Thread } from "@/shared/api/types";
import type { CommentUpdate } from "@/shared/realtime/frames";

export interface CommentLog {
  /** In the order in which they were written. */
  comments: readonly Comment[];
  /** The last change that is known; 0 before the first. */
  lastSeq: number;
  /** The newest change of each comment that has been applied, by comment id. */
  changedAt: Readonly<Record<number, number>>;
}

const inOrder = (comments: Comment[]): Comment[] => comments.sort((a, b) => a.seq - b.seq);

/** From what the list answers. Later edits are unknown to it, so `lastSeq` is a lower bound. */
export function logOf(threads: readonly Thread[]): CommentLog {
  const comments = inOrder(threads.flatMap(({ replies, ...head }) => [head, ...replies]));
  const changedAt = Object.fromEntries(comments.map(({ id, seq }) => [id, seq]));
  return { comments, lastSeq: comments.at(-1)?.seq ?? 0, changedAt };
}

function placed(log: CommentLog, comment: Comment, seq: number): CommentLog {
  if (seq < (log.changedAt[comment.id] ?? 0)) return log;
  const others = log.comments.filter((each) => each.id !== comment.id);
  return {
    ...log,
    comments: inOrder([...others, comment]),
    changedAt: { ...log.changedAt, [comment.id]: seq },
  };
}

/** One's own comment as the server answered. Others may have come before it: `lastSeq` stays. */
export const withOwn = (log: CommentLog, comment: Comment): CommentLog =>
  placed(log, comment, comment.seq);

/** A change from the socket; a repeated or overtaken one changes nothing. */
export function withUpdate(log: CommentLog, { comment, seq }: CommentUpdate): CommentLog {
  const changed = placed(log, comment, seq);
  return seq > log.lastSeq ? { ...changed, lastSeq: seq } : changed;
}

/**
 * From where the server should repeat, or null when nothing can be missing. A jump may be a loss,
 * or changes that this person may not see; asking costs one frame, and repeats change nothing.
 */
export function missedBy(log: CommentLog, update: CommentUpdate): number | null {
  return update.seq > log.lastSeq + 1 ? log.lastSeq : null;
}

export const missedByHead = (log: CommentLog, head: number | undefined): number | null =>
  head !== undefined && head > log.lastSeq ? log.lastSeq : null;
