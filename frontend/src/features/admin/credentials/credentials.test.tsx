import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";
import { reauthentication } from "@/shared/api/reauthentication";
import { useObservable } from "@/shared/lib/observable";
import Reauthentication from "@/shared/proof/Reauthentication";
import { administer, listOf, refusal } from "@/testing/admin";
import { renderPage } from "@/testing/page";
import { server } from "@/testing/server";
import { endOfDay } from "./CreateDialog";
import { ApiKeysPage, ServiceClientsPage } from "./CredentialsPage";

const key = (over: object = {}) => ({
  id: 1,
  name: "Dashboard",
  prefix: "ttsk_abc",
  scopes: ["tasks:read"],
  created_at: "2026-11-24T09:00:00Z",
  created_by: "admin",
  expires_at: null,
  last_used_at: null,
  revoked_at: null,
  ...over,
});
const SECRET = "ttsk_abc.the-secret";
let keys: object[] = [];

beforeEach(async () => {
  keys = [];
  await administer("tts");
  const factor = { method: "none", required: false, recovery_codes_left: 0, enabled_at: null };
  server.use(
    http.get("*/auth/api/v1/api-keys/", () => listOf(keys)),
    http.get("*/auth/api/v1/2fa/", () => HttpResponse.json(factor)),
  );
});

async function fill(name: string, ...boxes: string[]) {
  const dialog = within(await screen.findByRole("dialog"));
  await userEvent.type(dialog.getByLabelText(/^Name/), name);
  for (const box of boxes) await userEvent.click(dialog.getByLabelText(box));
  await userEvent.click(dialog.getByRole("button", { name: "Create" }));
}

test("a key is shown once, in a dialog that neither Escape nor a click beside it closes", async () => {
  const sent: unknown[] = [];
  server.use(
    http.post("*/auth/api/v1/api-keys/", async ({ request }) => {
      sent.push(await request.json());
      keys = [key()];
      return HttpResponse.json({ ...key(), key: SECRET, message: "Made." }, { status: 201 });
    }),
  );
  const { client } = renderPage(ApiKeysPage, "/admin/api-keys");
  expect(await screen.findByText("No API keys")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "New API key" }));
  await fill("Dashboard", "tasks:read", "audit:read");
  const dialog = within(await screen.findByRole("dialog", { name: "Secret for Dashboard" }));
  expect(dialog.getByLabelText("Secret")).toHaveValue(SECRET);
  expect(sent).toEqual([
    { name: "Dashboard", scopes: ["tasks:read", "audit:read"], expires_at: null },
  ]);
  await userEvent.keyboard("{Escape}");
  const overlay = document.querySelector(".mantine-Modal-overlay");
  if (overlay !== null) await userEvent.click(overlay);
  expect(dialog.getByLabelText("Secret")).toBeVisible();
  const close = dialog.getByRole("button", { name: "Close" });
  expect(close).toBeDisabled();
  await userEvent.click(dialog.getByLabelText("I’ve saved it"));
  await userEvent.click(close);
  await expect.poll(() => screen.queryByRole("dialog")).toBeNull();
  expect(document.body.innerHTML).not.toContain(SECRET);
  const kept = JSON.stringify([
    client
      .getQueryCache()
      .getAll()
      .map(({ state }) => state.data),
    client
      .getMutationCache()
      .getAll()
      .map(({ state }) => state.data),
  ]);
  expect(kept).not.toContain(SECRET);
  expect(screen.getByText("ttsk_abc…")).toBeVisible();
});

test("the secret is copied, or marked where the browser does not let pages copy", async () => {
  server.use(
    http.post("*/auth/api/v1/api-keys/", () =>
      HttpResponse.json({ ...key(), key: SECRET, message: "Made." }, { status: 201 }),
    ),
  );
  const user = userEvent.setup();
  renderPage(ApiKeysPage, "/admin/api-keys");
  await user.click(await screen.findByRole("button", { name: "New API key" }));
  await fill("Dashboard", "tasks:read");
  await user.click(await screen.findByRole("button", { name: "Copy" }));
  expect(await screen.findByRole("button", { name: "Copied" })).toBeVisible();
  expect(await navigator.clipboard.readText()).toBe(SECRET);
  vi.spyOn(navigator.clipboard, "writeText").mockRejectedValue(new Error("not allowed"));
  await user.click(screen.getByRole("button", { name: "Copied" }));
  expect(await screen.findByText(/press Ctrl\+C/)).toBeVisible();
});

/** The page with what the shell puts over it when the server wants the password once more. */
function AskedForProof() {
  const isAsked = useObservable(reauthentication.isAsked);
  return (
    <>
      <ApiKeysPage />
      {isAsked && <Reauthentication />}
    </>
  );
}

test("a dangerous act asks for the password and then goes on by itself", async () => {
  let proved = false;
  server.use(
    http.post("*/auth/api/v1/api-keys/", () =>
      proved
        ? HttpResponse.json({ ...key(), key: SECRET, message: "Made." }, { status: 201 })
        : refusal(403, "REAUTHENTICATION_REQUIRED"),
    ),
    http.post("*/auth/api/v1/reauthenticate/", () => {
      proved = true;
      return HttpResponse.json({ valid_until: "2026-11-24T10:00:00Z" });
    }),
  );
  renderPage(AskedForProof, "/admin/api-keys");
  await userEvent.click(await screen.findByRole("button", { name: "New API key" }));
  await fill("Dashboard", "tasks:read");
  const asks = within(await screen.findByRole("dialog", { name: "Confirm it’s you" }));
  await userEvent.type(asks.getByLabelText("Password"), "secret{Enter}");
  expect(await screen.findByDisplayValue(SECRET)).toBeVisible();
});

test("whoever would not show the password again finds the form as it was", async () => {
  server.use(http.post("*/auth/api/v1/api-keys/", () => refusal(403, "REAUTHENTICATION_REQUIRED")));
  renderPage(AskedForProof, "/admin/api-keys");
  await userEvent.click(await screen.findByRole("button", { name: "New API key" }));
  await fill("Dashboard", "tasks:read");
  await screen.findByRole("dialog", { name: "Confirm it’s you" });
  await userEvent.keyboard("{Escape}");
  const form = within(await screen.findByRole("dialog", { name: "New API key" }));
  expect(form.getByLabelText(/^Name/)).toHaveValue("Dashboard");
  expect(form.queryByRole("alert")).toBeNull();
});

test("a key is rotated with a grace, and its new secret shown", async () => {
  keys = [key()];
  const sent: unknown[] = [];
  server.use(
    http.post("*/auth/api/v1/api-keys/1/rotate/", async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json({ ...key(), key: "ttsk_abc.another", message: "Rotated." });
    }),
  );
  renderPage(ApiKeysPage, "/admin/api-keys");
  await userEvent.click(await screen.findByRole("button", { name: "Rotate Dashboard" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Rotate Dashboard" }));
  await userEvent.selectOptions(
    dialog.getByLabelText("Old secret keeps working for"),
    "Stops working immediately",
  );
  await userEvent.click(dialog.getByRole("button", { name: "Rotate" }));
  expect(await screen.findByDisplayValue("ttsk_abc.another")).toBeVisible();
  expect(sent).toEqual([{ grace_hours: 0 }]);
});

test("a key is revoked after a question; revoked and expired ones say so", async () => {
  keys = [key(), key({ id: 2, name: "Old", expires_at: "2020-01-01T00:00:00Z" })];
  server.use(
    http.delete("*/auth/api/v1/api-keys/1/", () => {
      keys = [key({ revoked_at: "2026-11-24T10:00:00Z" })];
      return new HttpResponse(null, { status: 204 });
    }),
  );
  renderPage(ApiKeysPage, "/admin/api-keys");
  expect(await screen.findByText("Expired")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Revoke Dashboard" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Revoke Dashboard" }));
  expect(dialog.getByText(/permanently/)).toBeVisible();
  await userEvent.click(dialog.getByRole("button", { name: "Revoke" }));
  expect(await screen.findByText("Revoked")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Rotate Dashboard" })).toBeNull();
});

test("a service client needs an audience; its id is shown beside the secret", async () => {
  const sent: unknown[] = [];
  const made = { ...key(), client_id: "svc_1", audiences: ["workflow_api"] };
  server.use(
    http.get("*/auth/api/v1/service-clients/", () => listOf([])),
    http.post("*/auth/api/v1/service-clients/", async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json(
        { ...made, client_secret: "hush", message: "Made." },
        { status: 201 },
      );
    }),
  );
  renderPage(ServiceClientsPage, "/admin/service-clients");
  await userEvent.click(await screen.findByRole("button", { name: "New service client" }));
  await fill("Assets", "tickets:read");
  const dialog = within(screen.getByRole("dialog"));
  expect(dialog.getByRole("button", { name: "Create" })).toBeDisabled();
  await userEvent.click(dialog.getByLabelText("Workflow"));
  await userEvent.click(dialog.getByRole("button", { name: "Create" }));
  expect(await screen.findByDisplayValue("hush")).toBeVisible();
  expect(screen.getByLabelText("Client ID")).toHaveValue("svc_1");
  expect(sent).toEqual([
    { name: "Assets", scopes: ["tickets:read"], audiences: ["workflow_api"], expires_at: null },
  ]);
});

test("the end of a day is its last second where the reader is", () => {
  expect(endOfDay("")).toBeNull();
  expect(new Date(endOfDay("2027-06-30") ?? "").getSeconds()).toBe(59);
  expect(new Date(endOfDay("2027-06-30") ?? "").getDate()).toBe(30);
});
