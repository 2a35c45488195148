/** A word of an address; the router hands out what looks like a number or a truth as one. */
export const readText = (raw: unknown): string =>
  ["string", "number", "boolean"].includes(typeof raw) ? String(raw).trim() : "";
