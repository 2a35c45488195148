/** The list's search, filters and page are its address. */
import { readText } from "@/shared/lib/address";
import { readPage } from "../model/pages";

export type Activity = "active" | "inactive";

export interface PeopleSearch {
  q?: string;
  state?: Activity;
  system?: string;
  role?: string;
  page?: number;
}

export function readPeople(raw: object): PeopleSearch {
  const given = raw as Record<string, unknown>;
  const q = readText(given["q"]);
  const [system, role] = [readText(given["system"]), readText(given["role"])];
  const state = (["active", "inactive"] as const).find((each) => each === given["state"]);
  const page = readPage(given["page"]);
  return {
    ...(q !== "" && { q }),
    ...(state && { state }),
    ...(system !== "" && { system }),
    ...(/^\d{1,15}$/.test(role) && { role }),
    ...(page > 1 && { page }),
  };
}

export const isFiltered = ({ q, state, system, role }: PeopleSearch): boolean =>
  (q ?? state ?? system ?? role) !== undefined;

/** What the API is asked for. */
export function queryOf(search: PeopleSearch) {
  return {
    ...(search.q !== undefined && { search: search.q }),
    ...(search.state !== undefined && { is_active: search.state === "active" }),
    ...(search.system !== undefined && { system: search.system }),
    ...(search.role !== undefined && { role_id: Number(search.role) }),
    page: search.page ?? 1,
  };
}
