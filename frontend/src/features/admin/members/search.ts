import { readText } from "@/shared/lib/address";
import { readPage } from "../model/pages";

export interface MembersSearch {
  system?: string;
  role?: string;
  page?: number;
}

export function readMembers(raw: object): MembersSearch {
  const given = raw as Record<string, unknown>;
  const [system, role] = [readText(given["system"]), readText(given["role"])];
  const page = readPage(given["page"]);
  return {
    ...(system !== "" && { system }),
    ...(/^\d{1,15}$/.test(role) && { role }),
    ...(page > 1 && { page }),
  };
}

/** What the API is asked for. */
export const queryOf = ({ system, role, page = 1 }: MembersSearch) => ({
  ...(system !== undefined && { system }),
  ...(role !== undefined && { role_id: Number(role) }),
  page,
});
