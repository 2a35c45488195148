import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test } from "vitest";
import { administer, aRole, listOf, refusal, SYSTEMS } from "@/testing/admin";
import { renderPage } from "@/testing/page";
import { server } from "@/testing/server";
import { RegistrationsPage } from "./RegistrationsPage";

const PATH = "/admin/registrations";
const registration = {
  id: 2,
  username: "tom.weber",
  email: "tom@example.org",
  first_name: "Tom",
  last_name: "Weber",
  state: "pending",
  reason: "",
  created_at: "2026-11-24T09:00:00Z",
  decided_at: null,
  decided_by: null,
};
let waiting: object[] = [];

beforeEach(async () => {
  waiting = [registration];
  await administer("tts");
  server.use(
    http.get("*/auth/api/v1/systems/", () => listOf(SYSTEMS)),
    http.get("*/auth/api/v1/roles/", () => listOf([aRole()])),
    http.get("*/auth/api/v1/registrations/", ({ request }) => {
      const state = new URL(request.url).searchParams.get("state");
      if (state === "pending") return listOf(waiting);
      if (state === "approved") return listOf([]);
      const decided = { decided_at: "2026-11-24T10:00:00Z", decided_by: "admin" };
      return listOf([{ ...registration, ...decided, state, reason: "Unknown here" }]);
    }),
  );
});

test("somebody is approved with the roles chosen", async () => {
  const sent: unknown[] = [];
  server.use(
    http.post("*/auth/api/v1/registrations/2/approve/", async ({ request }) => {
      sent.push(await request.json());
      waiting = [];
      return HttpResponse.json({ ...registration, message: "Created." });
    }),
  );
  renderPage(RegistrationsPage, PATH);
  await userEvent.click(await screen.findByRole("button", { name: "Approve Tom Weber" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Approve Tom Weber" }));
  await userEvent.click(await dialog.findByLabelText("L1 Support"));
  await userEvent.click(dialog.getByRole("button", { name: "Approve" }));
  expect(await screen.findByText("No pending registrations")).toBeVisible();
  expect(sent).toEqual([{ role_ids: [5] }]);
});

test("somebody is rejected with a reason, which goes out by mail", async () => {
  const sent: unknown[] = [];
  server.use(
    http.post("*/auth/api/v1/registrations/2/reject/", async ({ request }) => {
      sent.push(await request.json());
      waiting = [];
      return HttpResponse.json({ ...registration, message: "Rejected." });
    }),
  );
  renderPage(RegistrationsPage, PATH);
  await userEvent.click(await screen.findByRole("button", { name: "Reject Tom Weber" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Reject Tom Weber" }));
  expect(dialog.getByText(/Your reason is e-mailed to tom@example.org/)).toBeVisible();
  await userEvent.type(dialog.getByLabelText("Reason"), "Unknown here");
  await userEvent.click(dialog.getByRole("button", { name: "Reject" }));
  expect(await screen.findByText("No pending registrations")).toBeVisible();
  expect(sent).toEqual([{ reason: "Unknown here" }]);
});

test("what somebody else decided meanwhile is told", async () => {
  server.use(http.post("*/auth/api/v1/registrations/2/approve/", () => refusal(409, "CONFLICT")));
  renderPage(RegistrationsPage, PATH);
  await userEvent.click(await screen.findByRole("button", { name: "Approve Tom Weber" }));
  const dialog = within(await screen.findByRole("dialog"));
  await userEvent.click(dialog.getByRole("button", { name: "Approve" }));
  expect(await dialog.findByRole("alert")).toHaveTextContent("Refused: CONFLICT");
});

test("decided ones are kept with who decided and why", async () => {
  renderPage(RegistrationsPage, PATH);
  await userEvent.click(await screen.findByRole("link", { name: "Rejected" }));
  const table = within(await screen.findByRole("table", { name: "Registrations" }));
  expect(await table.findByText("Unknown here")).toBeVisible();
  expect(table.queryByRole("button")).toBeNull();
});

test("the page is for administrators of the ticket system", async () => {
  await administer("ams");
  renderPage(RegistrationsPage, PATH, "/");
  expect(await screen.findByRole("alert")).toHaveTextContent("administrators of the ticket system");
});
