/** Deadlines are the server's, so the page counts on the server's clock. Milliseconds, UTC. */
import { useEffect, useState } from "react";

const TRUSTED_SKEW_MS = 2_000;
let skewMs = 0;

/** Learn the difference from a response's `Date` header (whole seconds). */
export function learnServerTime(date: string | null, at = Date.now()): void {
  const server = date === null ? Number.NaN : Date.parse(date);
  if (Number.isNaN(server)) return;
  const difference = server - at;
  skewMs = Math.abs(difference) > TRUSTED_SKEW_MS ? difference : 0;
}

export function serverNow(): number {
  return Date.now() + skewMs;
}

type Tick = (now: number) => void;
const ticks = new Set<Tick>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(tick: Tick): () => void {
  ticks.add(tick);
  timer ??= setInterval(() => ticks.forEach((each) => each(serverNow())), 1_000);
  return () => {
    ticks.delete(tick);
    if (ticks.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/**
 * A value that follows the clock. One timer serves the page, and a component renders again only
 * when what it shows differs, so a thousand chips cost as much as the few that changed.
 */
export function useClock(read: (now: number) => string): string {
  const [, setShown] = useState("");
  useEffect(() => subscribe((now) => setShown(read(now))), [read]);
  return read(serverNow());
}
