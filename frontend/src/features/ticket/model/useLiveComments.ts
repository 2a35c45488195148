import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { keys } from "@/shared/api/keys";
import { openLive, type LiveState, type Send } from "@/shared/realtime/live";
import type { Frame } from "@/shared/realtime/frames";
import { changeLog, commentsOf, socketTicket } from "../api/comments";
import { missedBy, missedByHead, withUpdate } from "./thread";

/** A typing notice is good for this long. */
const TYPING_MS = 4_000;
const TELL_EVERY_MS = 2_500;

export type Typist = Pick<Extract<Frame, { type: "typing" }>, "user_id" | "username">;

export interface LiveComments {
  state: LiveState;
  /** Who is writing right now. */
  typing: Typist | null;
  tellTyping: () => void;
}

function useTyping() {
  const [typing, setTyping] = useState<Typist | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const heard = useCallback((typist: Typist | null) => {
    clearTimeout(timer.current);
    setTyping(typist);
    if (typist !== null) timer.current = setTimeout(() => setTyping(null), TYPING_MS);
  }, []);
  useEffect(() => () => clearTimeout(timer.current), []);
  return [typing, heard] as const;
}

/** Follows a ticket's comments once they are loaded; `isReady` says that they are. */
export function useLiveComments(ticketId: number, isReady: boolean): LiveComments {
  const client = useQueryClient();
  const [state, setState] = useState<LiveState>("connecting");
  const [typing, heardTyping] = useTyping();
  const say = useRef<Send | null>(null);
  const toldAt = useRef(0);

  useEffect(() => {
    if (!isReady) return undefined;
    const key = commentsOf(ticketId).queryKey;
    const ask = (seq: number | null | undefined, send: Send) => {
      if (seq !== null && seq !== undefined) send({ type: "resume", seq });
    };
    function onFrame(frame: Frame, send: Send) {
      const log = client.getQueryData(key);
      if (log === undefined) return;
      if (frame.type === "comment_update") {
        changeLog(client, ticketId, (current) => withUpdate(current, frame));
        ask(missedBy(log, frame), send);
        heardTyping(null);
      } else if (frame.type === "connection_established") ask(log.lastSeq, send);
      else if (frame.type === "heartbeat") ask(missedByHead(log, frame.head_seq), send);
      else if (frame.type === "typing") {
        heardTyping(frame.is_typing === false ? null : frame);
      }
    }
    return openLive({
      path: `ws/comments/${ticketId}/`,
      ticketFor: socketTicket,
      onFrame,
      onState: setState,
      onOpen: (send) => {
        say.current = send;
      },
    });
  }, [client, ticketId, isReady, heardTyping]);

  const tellTyping = useCallback(() => {
    const now = Date.now();
    if (now - toldAt.current < TELL_EVERY_MS) return;
    toldAt.current = now;
    say.current?.({ type: "typing", is_typing: true });
  }, []);
  return { state, typing, tellTyping };
}

/** The task itself changes by other people's hands too: a hint on the ticket's own socket. */
export function useLiveTask(ticketId: number | undefined): void {
  const client = useQueryClient();
  useEffect(() => {
    if (ticketId === undefined) return undefined;
    return openLive({
      path: `ws/tickets/${ticketId}/`,
      ticketFor: socketTicket,
      onState: () => undefined,
      onFrame: (frame) => {
        // What changed between the reading of the task and this connection was told to nobody here.
        if (frame.type === "ticket_update" || frame.type === "connection_established") {
          void client.invalidateQueries({ queryKey: keys.tasks });
        }
      },
    });
  }, [client, ticketId]);
}
