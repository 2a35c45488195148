import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test } from "vitest";
import { administer, aRole, listOf, refusal, SYSTEMS } from "@/testing/admin";
import { renderPage } from "@/testing/page";
import { server } from "@/testing/server";
import { InvitationsPage } from "./InvitationsPage";

const PATH = "/admin/invitations";
const invitation = (over: object = {}) => ({
  id: 3,
  email: "new@example.com",
  first_name: "",
  last_name: "",
  roles: [{ system: "tts", role_id: 5, role_name: "L1 Support" }],
  state: "pending",
  invited_by: "admin",
  created_at: "2026-11-24T09:00:00Z",
  expires_at: "2026-12-01T09:00:00Z",
  ...over,
});
let rows: Record<string, object[]> = {};

beforeEach(async () => {
  rows = { pending: [invitation()] };
  await administer("tts");
  server.use(
    http.get("*/auth/api/v1/systems/", () => listOf(SYSTEMS)),
    http.get("*/auth/api/v1/roles/", () => listOf([aRole(), aRole({ id: 6, name: "L2" })])),
    http.get("*/auth/api/v1/invitations/", ({ request }) =>
      listOf(rows[new URL(request.url).searchParams.get("state") ?? ""] ?? []),
    ),
  );
});

test("invitations are shown by state, and each empty state says its own", async () => {
  renderPage(InvitationsPage, PATH);
  expect(await screen.findByText("new@example.com")).toBeVisible();
  expect(screen.getByText("L1 Support (tts)")).toBeVisible();
  expect(screen.getByRole("link", { name: "Pending" })).toHaveAttribute("aria-current", "page");
  await userEvent.click(screen.getByRole("link", { name: "Revoked" }));
  expect(await screen.findByText("No revoked invitations")).toBeVisible();
  rows = { accepted: [invitation({ state: "accepted" })] };
  await userEvent.click(screen.getByRole("link", { name: "Accepted" }));
  expect(await screen.findByText("new@example.com")).toBeVisible();
  expect(screen.queryByRole("button", { name: /^Send again/ })).toBeNull();
});

test("somebody is invited with roles; an address with an account is told at its field", async () => {
  const sent: unknown[] = [];
  server.use(
    http.post("*/auth/api/v1/invitations/", async ({ request }) => {
      sent.push(await request.json());
      if (sent.length === 1) {
        return refusal(400, "VALIDATION_ERROR", { email: ["There is an account with this."] });
      }
      return HttpResponse.json({ ...invitation(), message: "Sent." }, { status: 201 });
    }),
  );
  renderPage(InvitationsPage, PATH);
  await userEvent.click(await screen.findByRole("button", { name: "Invite person" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Invite person" }));
  await userEvent.type(dialog.getByLabelText(/^E-mail address/), "b@example.com");
  await userEvent.click(await dialog.findByLabelText("L2"));
  await userEvent.click(dialog.getByRole("button", { name: "Send invitation" }));
  expect(await dialog.findByText("There is an account with this.")).toBeVisible();
  await userEvent.type(dialog.getByLabelText(/^E-mail address/), "x{Enter}");
  await expect.poll(() => screen.queryByRole("dialog")).toBeNull();
  expect(sent[1]).toEqual({
    email: "b@example.comx",
    first_name: "",
    last_name: "",
    role_ids: [6],
  });
});

test("administrators of another system invite into it only", async () => {
  await administer("ams");
  renderPage(InvitationsPage, PATH);
  await userEvent.click(await screen.findByRole("button", { name: "Invite person" }));
  const send = await screen.findByRole("button", { name: "Send invitation" });
  expect(send).toBeDisabled();
  await userEvent.click(await screen.findByLabelText("L2"));
  expect(send).toBeEnabled();
});

test("an invitation is sent again, and revoked after a question", async () => {
  const done: string[] = [];
  server.use(
    http.post("*/auth/api/v1/invitations/3/resend/", () => {
      done.push("resent");
      return HttpResponse.json({ ...invitation(), message: "Sent." });
    }),
    http.delete("*/auth/api/v1/invitations/3/", () => {
      done.push("revoked");
      rows = {};
      return new HttpResponse(null, { status: 204 });
    }),
  );
  renderPage(InvitationsPage, PATH);
  await userEvent.click(await screen.findByRole("button", { name: "Resend to new@example.com" }));
  await expect.poll(() => done).toEqual(["resent"]);
  await userEvent.click(
    screen.getByRole("button", { name: "Revoke the invitation to new@example.com" }),
  );
  const dialog = within(await screen.findByRole("dialog"));
  expect(dialog.getByText(/stops working/)).toBeVisible();
  await userEvent.click(dialog.getByRole("button", { name: "Revoke" }));
  expect(await screen.findByText("No pending invitations")).toBeVisible();
});
