import { lazyRouteComponent } from "@tanstack/react-router";
import { INVITATION_STATES, REGISTRATION_STATES } from "./model/states";
import { reader } from "./model/tabs";
import { readMembers } from "./members/search";
import { readPeople } from "./people/search";

export const adminRoute = {
  path: "/admin" as const,
  component: lazyRouteComponent(() => import("./AdminPage"), "AdminPage"),
};
export const adminHomeRoute = {
  path: "/" as const,
  component: lazyRouteComponent(() => import("./AdminHome"), "AdminHome"),
};
export const peopleRoute = {
  path: "/people" as const,
  validateSearch: readPeople,
  component: lazyRouteComponent(() => import("./people/PeoplePage"), "PeoplePage"),
};
export const personRoute = {
  path: "/people/$userId" as const,
  component: lazyRouteComponent(() => import("./people/PersonPage"), "PersonPage"),
};
export const membersRoute = {
  path: "/members" as const,
  validateSearch: readMembers,
  component: lazyRouteComponent(() => import("./members/MembersPage"), "MembersPage"),
};
export const rolesRoute = {
  path: "/roles" as const,
  component: lazyRouteComponent(() => import("./roles/RolesPage"), "RolesPage"),
};
export const invitationsRoute = {
  path: "/invitations" as const,
  validateSearch: reader(INVITATION_STATES),
  component: lazyRouteComponent(() => import("./invitations/InvitationsPage"), "InvitationsPage"),
};
export const registrationsRoute = {
  path: "/registrations" as const,
  validateSearch: reader(REGISTRATION_STATES),
  component: lazyRouteComponent(
    () => import("./registrations/RegistrationsPage"),
    "RegistrationsPage",
  ),
};
export const apiKeysRoute = {
  path: "/api-keys" as const,
  component: lazyRouteComponent(() => import("./credentials/CredentialsPage"), "ApiKeysPage"),
};
export const serviceClientsRoute = {
  path: "/service-clients" as const,
  component: lazyRouteComponent(
    () => import("./credentials/CredentialsPage"),
    "ServiceClientsPage",
  ),
};
