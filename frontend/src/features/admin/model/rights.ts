/** Which pages are offered. The server decides again on each request; this spares refused ones. */
import { useMemo } from "react";
import { session } from "@/shared/api/session";
import type { Person } from "@/shared/api/token";
import { useObservable } from "@/shared/lib/observable";

const ADMIN = "Admin";
/** People, registrations and machines belong to this system; its administrators keep them. */
const HOME = "tts";

export interface Rights {
  /** The systems whose roles, members and invitations one administers. */
  systems: readonly string[];
  isHome: boolean;
}

export type Need = "any" | "home";

export function rightsOf(person: Person | null): Rights {
  const held = (person?.roles ?? []).filter(({ role }) => role === ADMIN);
  const systems = [...new Set(held.map(({ system }) => system))];
  const isHome = systems.includes(HOME);
  const others = systems.filter((system) => system !== HOME);
  return { systems: isHome ? [HOME, ...others] : others, isHome };
}

export const meets = ({ systems, isHome }: Rights, need: Need): boolean =>
  need === "home" ? isHome : systems.length > 0;

export function useRights(): Rights {
  const { person } = useObservable(session.state);
  return useMemo(() => rightsOf(person), [person]);
}
