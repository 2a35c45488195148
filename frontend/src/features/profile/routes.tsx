import { lazyRouteComponent } from "@tanstack/react-router";

export const profileRoute = {
  path: "/profile" as const,
  component: lazyRouteComponent(() => import("./components/ProfilePage"), "ProfilePage"),
};
