import { useCallback } from "react";
import { useClock } from "@/shared/lib/clock";
import { age, exactTime } from "@/shared/lib/time";

/** How long ago, growing by itself. */
export function Age({ since }: { since: string }) {
  const read = useCallback((now: number) => age(now - Date.parse(since)), [since]);
  return (
    <time dateTime={since} title={exactTime(since)}>
      {useClock(read)}
    </time>
  );
}
