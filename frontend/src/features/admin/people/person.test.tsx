import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test } from "vitest";
import { administer, aMembership, aPerson, aRole, listOf, refusal, SYSTEMS } from "@/testing/admin";
import { renderPageAt } from "@/testing/page";
import { server } from "@/testing/server";
import { PersonPage } from "./PersonPage";

let person: object = aPerson();
let held: object[] = [];
let openTasks = 0;

const show = () =>
  renderPageAt("/admin/people/7", PersonPage, "/admin/people/$userId", "/admin/people");

beforeEach(async () => {
  person = aPerson();
  held = [aMembership()];
  openTasks = 3;
  await administer("tts");
  server.use(
    http.get("*/auth/api/v1/users/7/", () => HttpResponse.json(person)),
    http.get("*/auth/api/v1/user-roles/", () => listOf(held)),
    http.get("*/auth/api/v1/systems/", () => listOf(SYSTEMS)),
    http.get("*/auth/api/v1/roles/", () => listOf([aRole(), aRole({ id: 6, name: "L2 Support" })])),
    http.get("*/workflow/tasks/", ({ request }) => {
      const query = Object.fromEntries(new URL(request.url).searchParams);
      expect(query).toMatchObject({ assigned_user: "7", status: "open" });
      return listOf([], openTasks);
    }),
  );
});

test("only what was changed is saved, and a refusal stands at its field", async () => {
  const sent: unknown[] = [];
  server.use(
    http.patch("*/auth/api/v1/users/7/", async ({ request }) => {
      sent.push(await request.json());
      if (sent.length === 1) {
        return refusal(400, "VALIDATION_ERROR", { phone: ["Enter a phone number."] });
      }
      person = aPerson({ phone: "+49 30 1" });
      return HttpResponse.json({ ...person, message: "Changed." });
    }),
  );
  show();
  const phone = await screen.findByLabelText("Phone");
  expect(screen.getByRole("button", { name: "Save" })).toBeDisabled();
  await userEvent.type(phone, "x{Enter}");
  expect(await screen.findByText("Enter a phone number.")).toBeVisible();
  await userEvent.clear(phone);
  await userEvent.type(phone, "+49 30 1{Enter}");
  await expect.poll(() => sent).toEqual([{ phone: "x" }, { phone: "+49 30 1" }]);
  await expect.poll(() => screen.getByRole("button", { name: "Save" })).toBeDisabled();
});

test("deactivating says what follows, takes a reason, and the account shows it", async () => {
  const sent: unknown[] = [];
  server.use(
    http.post("*/auth/api/v1/users/7/deactivate/", async ({ request }) => {
      sent.push(await request.json());
      person = aPerson({ is_active: false });
      return HttpResponse.json({ ...person, message: "Deactivated." });
    }),
  );
  show();
  await userEvent.click(await screen.findByRole("button", { name: "Deactivate" }));
  const dialog = await screen.findByRole("dialog", { name: "Deactivate Ana Alvarez?" });
  expect(dialog).toHaveTextContent("signed out everywhere within seconds");
  expect(
    await within(dialog).findByText(/3 open tasks stay assigned to Ana Alvarez/),
  ).toBeVisible();
  expect(within(dialog).getByRole("button", { name: "Cancel" })).toHaveFocus();
  await userEvent.type(within(dialog).getByLabelText("Reason"), "Left the company");
  await userEvent.click(within(dialog).getByRole("button", { name: "Deactivate" }));
  expect(await screen.findByRole("button", { name: "Reactivate" })).toBeVisible();
  expect(sent).toEqual([{ reason: "Left the company" }]);
});

test("tasks that cannot be counted are not called none", async () => {
  server.use(http.get("*/workflow/tasks/", () => refusal(500, "SERVER_ERROR")));
  show();
  await userEvent.click(await screen.findByRole("button", { name: "Deactivate" }));
  expect(await screen.findByText(/Couldn’t check whether/)).toBeVisible();
});

test("a refusal is told in the dialog, which stays", async () => {
  server.use(
    http.post("*/auth/api/v1/users/7/deactivate/", () => refusal(403, "PERMISSION_DENIED")),
  );
  show();
  await userEvent.click(await screen.findByRole("button", { name: "Deactivate" }));
  const dialog = await screen.findByRole("dialog");
  await userEvent.click(within(dialog).getByRole("button", { name: "Deactivate" }));
  expect(await within(dialog).findByRole("alert")).toHaveTextContent("PERMISSION_DENIED");
});

test("a role is given, suspended and removed, each with its consequence", async () => {
  const done: string[] = [];
  server.use(
    http.post("*/auth/api/v1/user-roles/", async ({ request }) => {
      done.push(JSON.stringify(await request.json()));
      const row = aMembership({ assignment_id: 12, role_id: 6, role_name: "L2 Support" });
      held = [...held, row];
      return HttpResponse.json({ ...row, message: "Given." }, { status: 201 });
    }),
    http.patch("*/auth/api/v1/user-roles/11/", async ({ request }) => {
      done.push(JSON.stringify(await request.json()));
      const row = aMembership({ is_active: false });
      held = [row, ...held.slice(1)];
      return HttpResponse.json({ ...row, message: "Changed." });
    }),
    http.delete("*/auth/api/v1/user-roles/12/", () => {
      done.push("taken");
      held = held.slice(0, 1);
      return new HttpResponse(null, { status: 204 });
    }),
  );
  show();
  const roles = within(await screen.findByRole("region", { name: "Roles" }));
  await roles.findByRole("table", { name: "Roles" });
  await roles.findByRole("option", { name: "L2 Support" });
  expect(roles.queryByRole("option", { name: "L1 Support" })).toBeNull();
  await userEvent.selectOptions(roles.getByLabelText("Another role"), "L2 Support");
  await userEvent.click(roles.getByRole("button", { name: "Add role" }));
  await userEvent.click(
    await roles.findByRole("button", { name: "Remove L2 Support from Ana Alvarez" }),
  );
  let dialog = within(await screen.findByRole("dialog"));
  expect(dialog.getByText(/loses this role’s access within seconds/)).toBeVisible();
  await userEvent.click(dialog.getByRole("button", { name: "Remove" }));
  await userEvent.click(
    await roles.findByRole("button", { name: "Suspend L1 Support for Ana Alvarez" }),
  );
  dialog = within(await screen.findByRole("dialog"));
  await userEvent.click(dialog.getByRole("button", { name: "Suspend" }));
  expect(
    await roles.findByRole("button", { name: "Resume L1 Support for Ana Alvarez" }),
  ).toBeVisible();
  expect(roles.getByText("Suspended")).toBeVisible();
  expect(done).toEqual([
    '{"user_id":7,"role_id":6,"system":"tts"}',
    "taken",
    '{"is_active":false}',
  ]);
});

test("nobody deactivates themselves, nor changes their own roles", async () => {
  await administer("tts");
  person = aPerson({ id: 1 });
  held = [aMembership({ user_id: 1 })];
  server.use(http.get("*/auth/api/v1/users/1/", () => HttpResponse.json(person)));
  renderPageAt("/admin/people/1", PersonPage, "/admin/people/$userId", "/admin/people");
  expect(await screen.findByText(/can’t deactivate your own account/)).toBeVisible();
  expect(await screen.findByText("You")).toBeVisible();
  expect(screen.queryByRole("button", { name: /Deactivate|Suspend|Give/ })).toBeNull();
});

test("roles in systems of others are named, not offered", async () => {
  person = aPerson({ roles: [{ system: "ams", role_name: "Admin", role_id: 9 }] });
  held = [];
  show();
  expect(await screen.findByText("ams: Admin")).toBeVisible();
});

test("somebody unknown is not an empty page", async () => {
  server.use(http.get("*/auth/api/v1/users/7/", () => refusal(404, "NOT_FOUND")));
  show();
  expect(await screen.findByRole("alert")).toHaveTextContent("Person not found");
});
