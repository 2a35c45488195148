import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  parseSearchWith,
  redirect,
  stringifySearchWith,
} from "@tanstack/react-router";
import { signInRoute } from "@/features/auth/routes";
import { queueRoute } from "@/features/queue/routes";
import { ticketRoute } from "@/features/ticket/routes";
import { session } from "@/shared/api/session";
import { NotFoundPage, RouteFailed } from "./Failures";

const root = createRootRoute({ notFoundComponent: NotFoundPage });

const signIn = createRoute({ getParentRoute: () => root, ...signInRoute });

/** Everything that needs somebody signed in. */
const shell = createRoute({
  getParentRoute: () => root,
  id: "shell",
  component: lazyRouteComponent(() => import("./shell/Shell"), "Shell"),
  beforeLoad: async ({ location }) => {
    await session.resume();
    if (session.state.get().status !== "signed-out") return;
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's way to redirect
    throw redirect({ to: "/sign-in", search: { next: location.href } });
  },
});

const queue = createRoute({ getParentRoute: () => shell, ...queueRoute });
const ticket = createRoute({ getParentRoute: () => shell, ...ticketRoute });

export const router = createRouter({
  routeTree: root.addChildren([signIn, shell.addChildren([queue, ticket])]),
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
