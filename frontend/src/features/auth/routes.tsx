import { lazyRouteComponent } from "@tanstack/react-router";

export interface SignInSearch {
  /** Where to go afterwards: a path of this page, nothing else. */
  next?: string;
}

const isLocal = (value: unknown): value is string =>
  typeof value === "string" && /^\/(?![/\\])/.test(value);

const page = <P extends string>(path: P, component: ReturnType<typeof lazyRouteComponent>) => ({
  path,
  component,
});

export const forgotRoute = page(
  "/forgot",
  lazyRouteComponent(() => import("./components/ForgotPage"), "ForgotPage"),
);
export const resetRoute = page(
  "/reset",
  lazyRouteComponent(() => import("./components/ResetPage"), "ResetPage"),
);
export const registerRoute = page(
  "/register",
  lazyRouteComponent(() => import("./components/RegisterPage"), "RegisterPage"),
);
export const invitationRoute = page(
  "/invitation",
  lazyRouteComponent(() => import("./components/InvitationPage"), "InvitationPage"),
);

export const confirmEmailRoute = page(
  "/confirm-email",
  lazyRouteComponent(() => import("./components/ConfirmEmailPage"), "ConfirmEmailPage"),
);

export const signInRoute = {
  path: "/sign-in" as const,
  validateSearch: (search: Record<string, unknown>): SignInSearch =>
    isLocal(search["next"]) ? { next: search["next"] } : {},
  component: lazyRouteComponent(() => import("./components/SignInPage"), "SignInPage"),
};
