import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ApiError } from "@/shared/api/errors";
import { backoff } from "./backoff";
import { openLive, type LiveState } from "./live";

class FakeSocket {
  static readonly OPEN = 1;
  static all: FakeSocket[] = [];
  readyState = 0;
  sent: string[] = [];
  onopen: (() => void) | null = null;
  onclose: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;

  constructor(
    readonly url: string,
    readonly protocols: string[],
  ) {
    FakeSocket.all.push(this);
  }

  send(text: string) {
    this.sent.push(text);
  }

  close() {
    this.readyState = 3;
  }

  open() {
    this.readyState = 1;
    this.onopen?.();
  }

  say(frame: object) {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
}

const socket = (index = -1) => FakeSocket.all.at(index) as FakeSocket;
const settle = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeSocket);
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  FakeSocket.all = [];
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function follow(ticketFor = vi.fn().mockResolvedValue("one-time")) {
  const states: LiveState[] = [];
  const frames: string[] = [];
  const stop = openLive({
    path: "ws/comments/7/",
    ticketFor,
    onState: (state) => states.push(state),
    onFrame: (frame) => frames.push(frame.type),
    onOpen: (send) => send({ type: "resume", seq: 4 }),
  });
  return { states, frames, stop, ticketFor };
}

test("a socket opens with a one-time ticket of its own and says first what it knows", async () => {
  const { states, stop } = follow();
  await settle();
  expect(socket().url).toBe("ws://localhost:3000/ws/comments/7/");
  expect(socket().protocols).toEqual(["tts.v1", "ticket.one-time"]);
  socket().open();
  expect(socket().sent).toEqual(['{"type":"resume","seq":4}']);
  expect(states).toEqual(["connecting", "live"]);
  stop();
});

test("a lost socket comes back with a new ticket", async () => {
  const { states, ticketFor, stop } = follow();
  await settle();
  socket().open();
  socket().onclose?.();
  expect(states.at(-1)).toBe("down");
  await vi.advanceTimersByTimeAsync(1_000);
  expect(ticketFor).toHaveBeenCalledTimes(2);
  expect(FakeSocket.all).toHaveLength(2);
  socket().open();
  expect(states.at(-1)).toBe("live");
  stop();
});

test("silence counts as loss: a dead line does not close by itself", async () => {
  const { states, stop } = follow();
  await settle();
  socket().open();
  await vi.advanceTimersByTimeAsync(40_000);
  expect(states.at(-1)).toBe("live");
  await vi.advanceTimersByTimeAsync(20_000);
  expect(states).toContain("down");
  stop();
});

test("a network that goes away is told at once, and looked for when it is back", async () => {
  const { states, stop, ticketFor } = follow();
  await settle();
  socket().open();
  window.dispatchEvent(new Event("offline"));
  expect(states.at(-1)).toBe("down");
  window.dispatchEvent(new Event("online"));
  await settle();
  expect(ticketFor).toHaveBeenCalledTimes(2);
  socket().open();
  expect(states.at(-1)).toBe("live");
  stop();
});

test("a line on which the server beats stays", async () => {
  const { states, stop } = follow();
  await settle();
  socket().open();
  for (let beat = 0; beat < 10; beat += 1) {
    await vi.advanceTimersByTimeAsync(15_000);
    socket().say({ type: "heartbeat", head_seq: 4 });
  }
  expect(states.at(-1)).toBe("live");
  expect(FakeSocket.all).toHaveLength(1);
  stop();
});

test("who may not listen is told so and does not knock again", async () => {
  const refused = new ApiError(404, "RESOURCE_NOT_FOUND", "No.");
  const { states, stop } = follow(vi.fn().mockRejectedValue(refused));
  await vi.advanceTimersByTimeAsync(120_000);
  expect(states.at(-1)).toBe("refused");
  expect(FakeSocket.all).toHaveLength(0);
  stop();
});

test("frames that make no sense are passed over", async () => {
  const { frames, stop } = follow();
  await settle();
  socket().open();
  socket().onmessage?.({ data: "{" });
  socket().say({ type: "comment_update", seq: "1" });
  socket().say({ type: "constructor" });
  socket().say({ type: "comment_update", action: "create", seq: 5, comment: { id: 5 } });
  expect(frames).toEqual(["comment_update"]);
  stop();
});

test("after stop nothing is opened any more", async () => {
  const { stop } = follow();
  await settle();
  socket().open();
  stop();
  await vi.advanceTimersByTimeAsync(120_000);
  expect(FakeSocket.all).toHaveLength(1);
});

test("waits grow, have a ceiling, and are spread over their whole length", () => {
  expect(backoff(0, () => 1)).toBe(500);
  expect(backoff(3, () => 1)).toBe(4_000);
  expect(backoff(50, () => 1)).toBe(30_000);
  expect(backoff(3, () => 0)).toBe(0);
});
