import { lazyRouteComponent } from "@tanstack/react-router";

export interface SignInSearch {
  /** Where to go afterwards: a path of this page, nothing else. */
  next?: string;
}

const isLocal = (value: unknown): value is string =>
  typeof value === "string" && /^\/(?![/\\])/.test(value);

export const signInRoute = {
  path: "/sign-in" as const,
  validateSearch: (search: Record<string, unknown>): SignInSearch =>
    isLocal(search["next"]) ? { next: search["next"] } : {},
  component: lazyRouteComponent(() => import("./components/SignInPage"), "SignInPage"),
};
