import { useEffect, useState } from "react";

/** Whole seconds that are left, and how to start them; 0 when nothing is counted. */
export function useCountdown(initial = 0): [number, (seconds: number) => void] {
  const [until, setUntil] = useState(() => performance.now() + initial * 1_000);
  const [left, setLeft] = useState(initial);
  useEffect(() => {
    const show = () => setLeft(Math.max(0, Math.ceil((until - performance.now()) / 1_000)));
    show();
    const timer = setInterval(show, 250);
    return () => clearInterval(timer);
  }, [until]);
  return [left, (seconds) => setUntil(performance.now() + seconds * 1_000)];
}
