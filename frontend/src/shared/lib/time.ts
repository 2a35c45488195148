const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const two = (value: number) => String(value).padStart(2, "0");

/** A span as people say it: `3d 4h`, `2h 05m`, `12m`, and `4:09` in the last ten minutes. */
export function span(ms: number): string {
  const length = Math.abs(ms);
  if (length >= DAY) return `${Math.floor(length / DAY)}d ${Math.floor((length % DAY) / HOUR)}h`;
  if (length >= HOUR) {
    return `${Math.floor(length / HOUR)}h ${two(Math.floor((length % HOUR) / MINUTE))}m`;
  }
  if (length >= 10 * MINUTE) return `${Math.floor(length / MINUTE)}m`;
  return `${Math.floor(length / MINUTE)}:${two(Math.floor((length % MINUTE) / SECOND))}`;
}

/** How long ago, in one unit: `now`, `5m`, `3h`, `12d`. */
export function age(ms: number): string {
  if (ms < MINUTE) return "now";
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)}m`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)}h`;
  return `${Math.floor(ms / DAY)}d`;
}

/** The same within a sentence: `just now`, `5m ago`. */
export const ago = (ms: number): string => (ms < MINUTE ? "just now" : `${age(ms)} ago`);

const exact = new Intl.DateTimeFormat(undefined, {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "numeric",
  minute: "2-digit",
  timeZoneName: "short",
});
const clock = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
const day = new Intl.DateTimeFormat(undefined, {
  weekday: "short",
  day: "numeric",
  month: "short",
  hour: "numeric",
  minute: "2-digit",
});

/** With its zone: people of several zones read the same ticket. */
export const exactTime = (iso: string): string => exact.format(new Date(iso));

/** `14:05` today, `Tue 3 Mar, 14:05` otherwise. */
export function shortTime(iso: string, now: number): string {
  const at = new Date(iso);
  const sameDay = at.toDateString() === new Date(now).toDateString();
  return (sameDay ? clock : day).format(at);
}
