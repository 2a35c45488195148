import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test } from "vitest";
import { administer, aMembership, aRole, listOf, refusal, SYSTEMS } from "@/testing/admin";
import { renderPage, renderPageAt } from "@/testing/page";
import { server } from "@/testing/server";
import { MembersPage } from "./MembersPage";

const PATH = "/admin/members";
const DETAIL = "/admin/people/$userId";
let asked: Record<string, string>[] = [];

beforeEach(async () => {
  asked = [];
  await administer("tts", "ams");
  server.use(
    http.get("*/auth/api/v1/systems/", () => listOf(SYSTEMS)),
    http.get("*/auth/api/v1/roles/", () =>
      listOf([aRole(), aRole({ id: 8, name: "Keeper", system: "ams" })]),
    ),
    http.get("*/auth/api/v1/user-roles/", ({ request }) => {
      asked.push(Object.fromEntries(new URL(request.url).searchParams));
      return listOf([aMembership(), aMembership({ assignment_id: 12, is_active: false })]);
    }),
  );
});

test("members are listed with their state and filtered by system and role", async () => {
  renderPage(MembersPage, PATH, DETAIL);
  const table = within(await screen.findByRole("table", { name: "Members" }));
  expect(table.getAllByRole("row")[1]).toHaveTextContent("Ana Alvarez");
  expect(table.getByText("Suspended")).toBeVisible();
  await userEvent.selectOptions(screen.getByLabelText("System"), "Assets");
  await expect.poll(() => asked.at(-1)?.["system"]).toBe("ams");
  expect(screen.queryByRole("option", { name: "L1 Support" })).toBeNull();
  await userEvent.selectOptions(screen.getByLabelText("Role"), "Keeper");
  await expect.poll(() => asked.at(-1)).toMatchObject({ system: "ams", role_id: "8" });
});

test("administrators of one system see names without a way to people's accounts", async () => {
  await administer("ams");
  renderPage(MembersPage, PATH, DETAIL);
  const table = within(await screen.findByRole("table", { name: "Members" }));
  expect(table.queryByRole("link")).toBeNull();
  expect(screen.queryByLabelText("System")).toBeNull();
});

test("a role is given by name, and an unknown name is told at its field", async () => {
  const sent: unknown[] = [];
  server.use(
    http.post("*/auth/api/v1/user-roles/", async ({ request }) => {
      sent.push(await request.json());
      if (sent.length === 1) {
        return refusal(400, "VALIDATION_ERROR", { username: ["Person not found."] });
      }
      return HttpResponse.json({ ...aMembership(), message: "Given." }, { status: 201 });
    }),
  );
  renderPageAt(`${PATH}?role=8`, MembersPage, PATH, DETAIL);
  await screen.findByRole("table", { name: "Members" });
  await userEvent.click(screen.getByRole("button", { name: "Add member" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Add member" }));
  expect(await dialog.findByDisplayValue("Keeper")).toBeVisible();
  await userEvent.type(dialog.getByLabelText("Username or e-mail"), "an{Enter}");
  expect(await dialog.findByText("Person not found.")).toBeVisible();
  await userEvent.type(dialog.getByLabelText("Username or e-mail"), "a{Enter}");
  await expect.poll(() => screen.queryByRole("dialog")).toBeNull();
  expect(sent[1]).toEqual({ username: "ana", role_id: 8, system: "ams" });
});

test("a refused switch is told beside its button", async () => {
  server.use(http.patch("*/auth/api/v1/user-roles/12/", () => refusal(409, "CONFLICT")));
  renderPage(MembersPage, PATH, DETAIL);
  await userEvent.click(await screen.findByRole("button", { name: /^Resume L1 Support/ }));
  expect(await screen.findByRole("alert")).toHaveTextContent("Refused: CONFLICT");
});
