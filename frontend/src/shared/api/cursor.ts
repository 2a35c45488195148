/** A parameter of the link to the next page; null when there is no next page, or no such one. */
export function nextOf(next: string | null, name: "cursor" | "page"): string | null {
  return next === null ? null : new URL(next, location.origin).searchParams.get(name);
}
