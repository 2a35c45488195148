import type { Need } from "./rights";

/** The pages of administration, in the order in which they are offered. */
export const SECTIONS = [
  { to: "/admin/people", title: "administration.people", need: "home" },
  { to: "/admin/members", title: "administration.members", need: "any" },
  { to: "/admin/roles", title: "administration.roles", need: "any" },
  { to: "/admin/invitations", title: "administration.invitations", need: "any" },
  { to: "/admin/registrations", title: "administration.registrations", need: "home" },
  { to: "/admin/api-keys", title: "administration.keys", need: "home" },
  { to: "/admin/service-clients", title: "administration.clients", need: "home" },
] as const satisfies readonly { to: string; title: string; need: Need }[];

export type Section = (typeof SECTIONS)[number];
