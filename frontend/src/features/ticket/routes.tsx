import { lazyRouteComponent } from "@tanstack/react-router";
import { readView } from "./model/view";

export const ticketRoute = {
  path: "/tasks/$taskId" as const,
  validateSearch: readView,
  component: lazyRouteComponent(() => import("./components/TicketPage"), "TicketPage"),
};
