import { lazyRouteComponent } from "@tanstack/react-router";
import { readSearch } from "./model/search";

export const queueRoute = {
  path: "/" as const,
  validateSearch: readSearch,
  component: lazyRouteComponent(() => import("./components/QueuePage"), "QueuePage"),
};
