import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  parseSearchWith,
  RouterProvider,
  stringifySearchWith,
} from "@tanstack/react-router";
import type { RouteComponent } from "@tanstack/react-router";
import { renderPart } from "./render";

/** Renders a page inside a router that knows its path and those that it links to. */
export const renderPage = (component: RouteComponent, path: string, ...links: string[]) =>
  renderPageAt(path, component, path, ...links);

/** The same at an address with parameters or a search. */
export function renderPageAt(
  address: string,
  component: RouteComponent,
  path: string,
  ...links: string[]
) {
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
    parseSearch: parseSearchWith((value) => value),
    stringifySearch: stringifySearchWith(String),
    history: createMemoryHistory({ initialEntries: [address] }),
  });
  return renderPart(<RouterProvider router={router as never} />);
}
