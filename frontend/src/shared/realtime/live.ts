/**
 * A socket that stays: each connection opens with a one-time ticket, silence counts as loss, and
 * reconnects are spread by full jitter. Frames are hints; who listens asks for what it missed.
 */
import { isStatus } from "@/shared/api/errors";
import { backoff } from "./backoff";
import { readFrame, type Frame } from "./frames";

export type LiveState = "connecting" | "live" | "down" | "refused";

export interface LiveOptions {
  /** Below the origin, without a leading slash: `ws/comments/12/`. */
  path: string;
  ticketFor: (path: string) => Promise<string>;
  onFrame: (frame: Frame, send: Send) => void;
  onState: (state: LiveState) => void;
  /** What to say first, for example `resume`. */
  onOpen?: (send: Send) => void;
}

export type Send = (frame: object) => void;

const PING_EVERY_MS = 20_000;
/** The server beats more often than this; longer silence means that the line is dead. */
const SILENCE_MS = 50_000;

function address(path: string): string {
  return `${location.origin.replace(/^http/, "ws")}/${path}`;
}

class Live {
  private socket: WebSocket | null = null;
  private attempt = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private pulse: ReturnType<typeof setInterval> | undefined;
  private heardAt = 0;
  private stopped = false;

  constructor(private readonly options: LiveOptions) {
    window.addEventListener("online", this.wake);
    window.addEventListener("offline", this.cut);
    document.addEventListener("visibilitychange", this.wake);
    void this.connect();
  }

  stop(): void {
    this.stopped = true;
    window.removeEventListener("online", this.wake);
    window.removeEventListener("offline", this.cut);
    document.removeEventListener("visibilitychange", this.wake);
    clearTimeout(this.retry);
    this.drop();
  }

  send: Send = (frame) => {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
  };

  /** The network went away: the socket would keep still about it until its silence is noticed. */
  private readonly cut = () => {
    if (this.socket !== null) this.again();
  };

  /** Somebody looks again, or the network is back: waiting longer would be pointless. */
  private readonly wake = () => {
    if (document.hidden || this.retry === undefined) return;
    clearTimeout(this.retry);
    this.retry = undefined;
    void this.connect();
  };

  private async connect(): Promise<void> {
    const { path, ticketFor, onState } = this.options;
    onState(this.attempt === 0 ? "connecting" : "down");
    try {
      const ticket = await ticketFor(path);
      if (!this.stopped) this.open(ticket);
    } catch (error) {
      if (isStatus(error, 403, 404)) onState("refused");
      else this.again();
    }
  }

  private open(ticket: string): void {
    const socket = new WebSocket(address(this.options.path), ["tts.v1", `ticket.${ticket}`]);
    this.socket = socket;
    socket.onopen = () => this.opened();
    socket.onmessage = (event) => this.heard(event.data);
    socket.onclose = () => {
      if (socket === this.socket) this.again();
    };
  }

  private opened(): void {
    this.attempt = 0;
    this.heardAt = Date.now();
    this.pulse = setInterval(() => this.beat(), PING_EVERY_MS);
    this.options.onState("live");
    this.options.onOpen?.(this.send);
  }

  private heard(data: unknown): void {
    this.heardAt = Date.now();
    const frame = readFrame(data);
    if (frame !== null) this.options.onFrame(frame, this.send);
  }

  private beat(): void {
    if (Date.now() - this.heardAt > SILENCE_MS) this.again();
    else this.send({ type: "ping" });
  }

  private again(): void {
    this.drop();
    if (this.stopped) return;
    this.options.onState("down");
    this.retry = setTimeout(() => {
      this.retry = undefined;
      void this.connect();
    }, backoff(this.attempt));
    this.attempt += 1;
  }

  private drop(): void {
    clearInterval(this.pulse);
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }
}

/** Opens and keeps open; the answer closes for good. */
export function openLive(options: LiveOptions): () => void {
  const live = new Live(options);
  return () => live.stop();
}
