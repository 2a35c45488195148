import { useCallback } from "react";
import { useClock } from "@/shared/lib/clock";
import { age, ago, exactTime } from "@/shared/lib/time";

interface Props {
  since: string;
  /** Within a sentence: "5m ago" rather than "5m". */
  isSpelled?: boolean;
}

/** How long ago, growing by itself. */
export function Age({ since, isSpelled = false }: Props) {
  const read = useCallback(
    (now: number) => (isSpelled ? ago : age)(now - Date.parse(since)),
    [since, isSpelled],
  );
  return (
    <time dateTime={since} title={exactTime(since)}>
      {useClock(read)}
    </time>
  );
}
