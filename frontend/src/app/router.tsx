import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  parseSearchWith,
  redirect,
  stringifySearchWith,
} from "@tanstack/react-router";
import {
  adminHomeRoute,
  adminRoute,
  apiKeysRoute,
  invitationsRoute,
  membersRoute,
  peopleRoute,
  personRoute,
  registrationsRoute,
  rolesRoute,
  serviceClientsRoute,
} from "@/features/admin/routes";
import {
  confirmEmailRoute,
  forgotRoute,
  invitationRoute,
  registerRoute,
  resetRoute,
  signInRoute,
} from "@/features/auth/routes";
import { profileRoute } from "@/features/profile/routes";
import { queueRoute } from "@/features/queue/routes";
import { ticketRoute } from "@/features/ticket/routes";
import { queryClient } from "@/shared/api/queryClient";
import { session } from "@/shared/api/session";
import { mustSetUp, secondFactor } from "@/shared/proof/secondFactor";
import { NotFoundPage, RouteFailed } from "./Failures";

const PROFILE = "/profile";

const root = createRootRoute();

const signIn = createRoute({
  getParentRoute: () => root,
  ...signInRoute,
  /** Whoever is signed in already goes on; without an answer from the server the form is shown. */
  beforeLoad: async ({ search }) => {
    await session.resume().catch(() => undefined);
    if (session.state.get().status !== "signed-in") return;
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's way to redirect
    throw redirect({ href: search.next ?? "/", replace: true });
  },
});
const forgot = createRoute({ getParentRoute: () => root, ...forgotRoute });
const reset = createRoute({ getParentRoute: () => root, ...resetRoute });
const register = createRoute({ getParentRoute: () => root, ...registerRoute });
const invitation = createRoute({ getParentRoute: () => root, ...invitationRoute });
const confirmEmail = createRoute({ getParentRoute: () => root, ...confirmEmailRoute });

/**
 * Whoever holds a role that demands a second factor and has none gets tokens without any role until
 * one is set up, and may open nothing but the page on which that is done.
 */
async function toSetUp(pathname: string): Promise<boolean> {
  const { person } = session.state.get();
  if (person === null || person.roles.length > 0 || pathname === PROFILE) return false;
  return mustSetUp(await queryClient.query(secondFactor));
}

/** Everything that needs somebody signed in. */
const shell = createRoute({
  getParentRoute: () => root,
  id: "shell",
  component: lazyRouteComponent(() => import("./shell/Shell"), "Shell"),
  beforeLoad: async ({ location }) => {
    await session.resume();
    if (session.state.get().status === "signed-out") {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's way to redirect
      throw redirect({ to: "/sign-in", search: { next: location.href } });
    }
    if (await toSetUp(location.pathname)) {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- as above
      throw redirect({ to: PROFILE });
    }
  },
});

const queue = createRoute({ getParentRoute: () => shell, ...queueRoute });
const ticket = createRoute({ getParentRoute: () => shell, ...ticketRoute });
const profile = createRoute({ getParentRoute: () => shell, ...profileRoute });
/** An address that nothing answers to: said inside the shell, so that the way on is at hand. */
const notFound = createRoute({ getParentRoute: () => shell, path: "$", component: NotFoundPage });

const admin = createRoute({ getParentRoute: () => shell, ...adminRoute });
const adminPages = [
  createRoute({ getParentRoute: () => admin, ...adminHomeRoute }),
  createRoute({ getParentRoute: () => admin, ...peopleRoute }),
  createRoute({ getParentRoute: () => admin, ...personRoute }),
  createRoute({ getParentRoute: () => admin, ...membersRoute }),
  createRoute({ getParentRoute: () => admin, ...rolesRoute }),
  createRoute({ getParentRoute: () => admin, ...invitationsRoute }),
  createRoute({ getParentRoute: () => admin, ...registrationsRoute }),
  createRoute({ getParentRoute: () => admin, ...apiKeysRoute }),
  createRoute({ getParentRoute: () => admin, ...serviceClientsRoute }),
] as const;

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    forgot,
    reset,
    register,
    invitation,
    confirmEmail,
    shell.addChildren([queue, ticket, profile, admin.addChildren(adminPages), notFound]),
  ]),
  defaultPreload: "intent",
  defaultErrorComponent: RouteFailed,
  scrollRestoration: false,
  // Plain text in the address: `?priority=high`, not `?priority="high"`.
  parseSearch: parseSearchWith((value) => value),
  stringifySearch: stringifySearchWith(String),
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
