import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test } from "vitest";
import { administer, aRole, listOf, refusal, SYSTEMS } from "@/testing/admin";
import { renderPage } from "@/testing/page";
import { server } from "@/testing/server";
import { RolesPage } from "./RolesPage";

const PATH = "/admin/roles";
let roles: object[] = [];
const show = () => renderPage(RolesPage, PATH, "/admin/members");

beforeEach(async () => {
  roles = [
    aRole({ id: 4, name: "Admin", is_builtin: true, members: 2, permissions: ["users.manage"] }),
    aRole({ id: 5, members: 3 }),
    aRole({ id: 6, name: "Auditor", permissions: ["audit.view"] }),
    aRole({ id: 8, name: "Keeper", system: "ams", permissions: [] }),
  ];
  await administer("tts", "ams");
  server.use(
    http.get("*/auth/api/v1/systems/", () => listOf(SYSTEMS)),
    http.get("*/auth/api/v1/roles/", () => listOf(roles)),
  );
});

test("roles stand under their systems; built-in ones are marked and not deleted", async () => {
  show();
  const tts = within(await screen.findByRole("table", { name: "Ticket Tracking roles" }));
  expect(tts.getAllByRole("row")[1]).toHaveTextContent("Admin Built-in");
  expect(tts.getByRole("link", { name: "3 members of L1 Support" })).toBeVisible();
  expect(tts.queryByRole("button", { name: "Delete Admin" })).toBeNull();
  expect(screen.getByRole("table", { name: "Assets roles" })).toBeVisible();
});

test("a role is created with permissions; a name that is taken stands at its field", async () => {
  const sent: unknown[] = [];
  server.use(
    http.post("*/auth/api/v1/roles/", async ({ request }) => {
      sent.push(await request.json());
      if (sent.length === 1) {
        return refusal(400, "VALIDATION_ERROR", { name: ["The system has this role already."] });
      }
      return HttpResponse.json({ ...aRole({ id: 9 }), message: "Created." }, { status: 201 });
    }),
  );
  show();
  await userEvent.click(await screen.findByRole("button", { name: "New role" }));
  const dialog = within(await screen.findByRole("dialog", { name: "New role" }));
  await userEvent.type(dialog.getByLabelText(/^Name/), "X");
  await userEvent.type(dialog.getByRole("textbox", { name: "Permissions" }), "a{Enter}b,");
  await userEvent.click(dialog.getByRole("switch", { name: /Requires two-factor authentication/ }));
  await userEvent.click(dialog.getByRole("button", { name: "Create" }));
  expect(await dialog.findByText("The system has this role already.")).toBeVisible();
  await userEvent.type(dialog.getByLabelText(/^Name/), "s");
  await userEvent.click(dialog.getByRole("button", { name: "Create" }));
  await expect.poll(() => screen.queryByRole("dialog")).toBeNull();
  expect(sent[1]).toEqual({
    system: "tts",
    name: "Xs",
    description: "",
    permissions: ["a", "b"],
    requires_second_factor: true,
  });
});

test("of a built-in role only the second factor changes, and its members are thought of", async () => {
  const sent: unknown[] = [];
  server.use(
    http.patch("*/auth/api/v1/roles/4/", async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json({ ...aRole({ id: 4 }), message: "Changed." });
    }),
  );
  show();
  await userEvent.click(await screen.findByRole("button", { name: "Edit Admin" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Edit Admin" }));
  expect(dialog.getByLabelText("Name")).toHaveAttribute("readonly");
  expect(dialog.getByRole("button", { name: "Save" })).toBeDisabled();
  await userEvent.click(dialog.getByRole("switch", { name: /Requires two-factor authentication/ }));
  expect(dialog.getByText(/2 people have this role/)).toBeVisible();
  await userEvent.click(dialog.getByRole("button", { name: "Save" }));
  await expect.poll(() => sent).toEqual([{ requires_second_factor: true }]);
});

test("a role that somebody holds is not deleted, but leads to its members", async () => {
  show();
  await userEvent.click(await screen.findByRole("button", { name: "Delete L1 Support" }));
  const dialog = within(await screen.findByRole("dialog"));
  expect(dialog.getByText(/3 people have this role/)).toBeVisible();
  expect(dialog.queryByRole("button", { name: "Delete" })).toBeNull();
  expect(dialog.getByRole("link", { name: "Show members" })).toHaveAttribute(
    "href",
    "/admin/members?role=5",
  );
});

test("a role that nobody holds is deleted after a question; a late holder is told of", async () => {
  let answer: () => Response = () => refusal(409, "CONFLICT");
  server.use(http.delete("*/auth/api/v1/roles/6/", () => answer()));
  show();
  await userEvent.click(await screen.findByRole("button", { name: "Delete Auditor" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Delete Auditor" }));
  expect(dialog.getByText(/No one has this role/)).toBeVisible();
  await userEvent.click(dialog.getByRole("button", { name: "Delete" }));
  expect(await dialog.findByRole("alert")).toHaveTextContent("CONFLICT");
  answer = () => new HttpResponse(null, { status: 204 });
  await userEvent.click(dialog.getByRole("button", { name: "Delete" }));
  await expect.poll(() => screen.queryByRole("dialog")).toBeNull();
});
