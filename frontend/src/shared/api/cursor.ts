/** The cursor inside the link to the next page; null when there is none. */
export function cursorOf(next: string | null | undefined): string | null {
  return next ? new URL(next, location.origin).searchParams.get("cursor") : null;
}
