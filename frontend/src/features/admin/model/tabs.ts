/** The address of a list that is shown by state: `?state=revoked&page=2`. */
import { readPage } from "./pages";

export interface TabSearch {
  state?: string;
  page?: number;
}

/** The first of the states is what is shown when the address names none. */
export const reader =
  (states: readonly string[]) =>
  (raw: object): TabSearch => {
    const given = raw as Record<string, unknown>;
    const state = states.slice(1).find((each) => each === given["state"]);
    const page = readPage(given["page"]);
    return { ...(state !== undefined && { state }), ...(page > 1 && { page }) };
  };
