const BASE_MS = 500;
const CEILING_MS = 30_000;

/** Full jitter: after an outage a thousand browsers must not come back in the same second. */
export function backoff(attempt: number, random: () => number = Math.random): number {
  return random() * Math.min(CEILING_MS, BASE_MS * 2 ** attempt);
}
