import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http } from "msw";
import { expect, test } from "vitest";
import { session } from "@/shared/api/session";
import { administer, listOf } from "@/testing/admin";
import { renderPage } from "@/testing/page";
import { server } from "@/testing/server";
import { AdminHome } from "./AdminHome";
import { AdminLink } from "./AdminLink";
import { AdminPage } from "./AdminPage";
import { rightsOf } from "./model/rights";
import { SECTIONS } from "./model/sections";

const PAGES = SECTIONS.map(({ to }) => to);
const person = (...roles: [string, string][]) => ({
  id: 1,
  username: "x",
  email: "",
  roles: roles.map(([system, role]) => ({ system, role })),
});

test("rights follow from the role Admin, in the order in which people think of systems", () => {
  expect(rightsOf(null)).toEqual({ systems: [], isHome: false });
  expect(rightsOf(person(["tts", "L1 Support"])).systems).toEqual([]);
  expect(rightsOf(person(["ams", "Admin"]))).toEqual({ systems: ["ams"], isHome: false });
  expect(rightsOf(person(["ams", "Admin"], ["tts", "Admin"]))).toEqual({
    systems: ["tts", "ams"],
    isHome: true,
  });
});

test("administrators of the ticket system are offered every page, and told who waits", async () => {
  server.use(http.get("*/auth/api/v1/registrations/", () => listOf([], 2)));
  await administer("tts");
  renderPage(AdminPage, "/admin", ...PAGES);
  const nav = await screen.findByRole("navigation", { name: "Administration" });
  const names = within(nav)
    .getAllByRole("link")
    .map(({ textContent }) => textContent);
  expect(names).toHaveLength(SECTIONS.length);
  expect(await within(nav).findByRole("link", { name: /Registrations.*2 pending/ })).toBeVisible();
});

test("administrators of one other system are offered what they may see; nothing else is asked", async () => {
  await administer("ams");
  renderPage(AdminPage, "/admin", ...PAGES);
  const nav = await screen.findByRole("navigation", { name: "Administration" });
  const names = within(nav)
    .getAllByRole("link")
    .map(({ textContent }) => textContent);
  expect(names).toEqual(["Members", "Roles", "Invitations"]);
});

test("whoever administers nothing is told so instead of seeing empty lists", async () => {
  await administer();
  renderPage(AdminPage, "/admin", "/");
  expect(await screen.findByRole("alert")).toHaveTextContent("Administrators only");
  expect(screen.queryByRole("navigation")).toBeNull();
});

test("the address of administration leads to the first page that one may see", async () => {
  await administer("ams");
  renderPage(AdminHome, "/admin", ...PAGES);
  expect(await screen.findByText("/admin/members")).toBeVisible();
});

test("the way there is shown to administrators only", async () => {
  await administer("bms");
  renderPage(() => <AdminLink />, "/", "/admin");
  await userEvent.click(await screen.findByRole("link", { name: "Administration" }));
  expect(await screen.findByText("/admin")).toBeVisible();
  await session.signOut();
  renderPage(() => <AdminLink />, "/", "/admin");
  await expect.poll(() => screen.queryByRole("link")).toBeNull();
});
