/** The few icons that the interface needs, drawn on a 16 px grid with one stroke. */
const PATHS = {
  bell: "M4 11.5V7a4 4 0 0 1 8 0v4.5l1 1.2H3l1-1.2Zm2.6 1.7a1.5 1.5 0 0 0 2.8 0",
  search: "M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10Zm3.6-1.4L14 14",
  check: "m3 8.4 3.2 3.2L13 4.6",
  checks: "m1.5 8.6 2.8 2.8 6-6.2m-2.4 5 1.2 1.2 5.4-6.2",
  close: "m4 4 8 8m0-8-8 8",
  left: "M10 3 5 8l5 5",
  down: "m3.5 6 4.5 4.5L12.5 6",
  filter: "M2 4h12M4.5 8h7M7 12h2",
  user: "M8 8a2.8 2.8 0 1 0 0-5.6A2.8 2.8 0 0 0 8 8Zm-5 5.6c.5-2.4 2.5-3.8 5-3.8s4.500 1.400 5 3.800",
  sun: "M8 10.800a2.800 2.800 0 1 0 0-5.600 2.800 2.800 0 0 0 0 5.600ZM8 1.500v1.400m0 10.200v1.400M1.500 8h1.400m10.200 0h1.400M3.400 3.400l1 1m7.200 7.200 1 1m0-9.200-1 1m-7.200 7.200-1 1",
  moon: "M13.500 9.600A5.800 5.800 0 0 1 6.400 2.500a5.800 5.800 0 1 0 7.100 7.100Z",
  system: "M2 3.500h12v7.500H2zM6 13.500h4M8 11v2.500",
  lock: "M4 7.200h8v6H4zM5.600 7.200V5.400a2.400 2.400 0 0 1 4.800 0v1.800",
  reply: "M6.500 3.500 2.500 7.500l4 4M2.500 7.500H9a4.500 4.500 0 0 1 4.500 4.500v.8",
  clock: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12Zm0-9.200V8l2.200 1.600",
  alert: "M8 2.200 1.800 13.200h12.400L8 2.200Zm0 4.300v3.300m0 1.500v.4",
  inbox: "M2 9.500 4 3h8l2 6.500V13H2V9.500Zm0 0h3.500l1 1.700h3l1-1.700H14",
  out: "M9.500 2.500h-6v11h6M6.500 8h7.500m-2.600-2.700L14 8l-2.600 2.700",
  keyboard: "M1.500 4h13v8h-13zM4 6.600h.1m2.600 0h.1m2.600 0h.1m2.500 0h.1M5 9.500h6",
  help: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM6.300 6.400a1.700 1.700 0 1 1 2.500 1.500c-.5.3-.8.6-.8 1.200M8 11.200v.1",
  swap: "M3 5.500h9.500M10 3l2.500 2.500L10 8M13 10.500H3.500M6 8l-2.500 2.500L6 13",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      aria-hidden
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
