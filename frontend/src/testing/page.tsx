import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import type { RouteComponent } from "@tanstack/react-router";
import { renderPart } from "./render";

/** Renders a page inside a router that knows its path and those that it links to. */
export function renderPage(component: RouteComponent, path: string, ...links: string[]) {
  const root = createRootRoute();
  const routes = [
    createRoute({ getParentRoute: () => root, path, component }),
    ...links.map((to) =>
      createRoute({ getParentRoute: () => root, path: to, component: () => to }),
    ),
  ];
  const router = createRouter({
    routeTree: root.addChildren(routes),
    scrollRestoration: false,
    history: createMemoryHistory({ initialEntries: [path] }),
  });
  return renderPart(<RouterProvider router={router as never} />);
}
