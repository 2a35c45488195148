/** What may arrive on a socket. Unknown or malformed frames are null, and never an exception. */
import type { Comment, Notification } from "@/shared/api/types";

export type Frame =
  | { type: "connection_established"; last_seq?: number }
  | { type: "comment_update"; action: string; comment: Comment; seq: number }
  | { type: "ticket_update" }
  | { type: "typing"; user_id: number; username: string; is_typing?: boolean }
  | { type: "heartbeat"; head_seq?: number }
  | { type: "unread"; count: number }
  | { type: "notification"; notification: Notification };

export type CommentUpdate = Extract<Frame, { type: "comment_update" }>;

type Fields = Record<string, unknown>;

const isRecord = (value: unknown): value is Fields => typeof value === "object" && value !== null;
const isNumber = (value: unknown): boolean => Number.isSafeInteger(value);
const hasId = (value: unknown): boolean => isRecord(value) && isNumber(value["id"]);
const isMaybe = (value: unknown, test: (value: unknown) => boolean): boolean =>
  value === undefined || test(value);

/** What the page relies on in each kind of frame; more may be in it. */
const CHECKS: Record<Frame["type"], (frame: Fields) => boolean> = {
  connection_established: (frame) => isMaybe(frame["last_seq"], isNumber),
  comment_update: (frame) => isNumber(frame["seq"]) && hasId(frame["comment"]),
  ticket_update: () => true,
  typing: (frame) => isNumber(frame["user_id"]) && typeof frame["username"] === "string",
  heartbeat: (frame) => isMaybe(frame["head_seq"], isNumber),
  unread: (frame) => isNumber(frame["count"]),
  notification: (frame) => hasId(frame["notification"]),
};

function isFrame(value: unknown): value is Frame {
  if (!isRecord(value) || typeof value["type"] !== "string") return false;
  const { type } = value;
  return Object.hasOwn(CHECKS, type) && CHECKS[type as Frame["type"]](value);
}

export function readFrame(data: unknown): Frame | null {
  if (typeof data !== "string") return null;
  try {
    const value: unknown = JSON.parse(data);
    return isFrame(value) ? value : null;
  } catch {
    return null;
  }
}
