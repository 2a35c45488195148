import type { Need } from "./rights";

/** The pages of administration, in the order in which they are offered. */
export const SECTIONS = [
  { to: "/admin/people", title: "admin.people.title", need: "home" },
  { to: "/admin/members", title: "admin.members.title", need: "any" },
  { to: "/admin/roles", title: "admin.roles.title", need: "any" },
  { to: "/admin/invitations", title: "admin.invitations.title", need: "any" },
  { to: "/admin/registrations", title: "admin.registrations.title", need: "home" },
  { to: "/admin/api-keys", title: "admin.keys.title", need: "home" },
  { to: "/admin/service-clients", title: "admin.clients.title", need: "home" },
] as const satisfies readonly { to: string; title: string; need: Need }[];

export type Section = (typeof SECTIONS)[number];
