/** Which part of the timeline is shown; kept in the address. */
export const VIEWS = ["all", "comments", "history"] as const;
export type View = (typeof VIEWS)[number];

export interface TicketSearch {
  view?: View;
}

export function readView(raw: Record<string, unknown>): TicketSearch {
  const view = VIEWS.find((each) => each === raw["view"]);
  return view === undefined || view === "all" ? {} : { view };
}
