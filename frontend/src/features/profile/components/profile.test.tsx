import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, test } from "vitest";
import { session } from "@/shared/api/session";
import { renderPart } from "@/testing/render";
import { server } from "@/testing/server";
import { accessToken } from "@/testing/token";
import { PasswordForm } from "./PasswordForm";
import { SecondFactor } from "./SecondFactor";
import { Sessions } from "./Sessions";

const OFF = { method: "none", required: false, recovery_codes_left: 0, enabled_at: null };
const ON = {
  method: "totp",
  required: false,
  recovery_codes_left: 10,
  enabled_at: "2026-11-24T09:00:00Z",
};
const row = (id: string, device: string, isCurrent: boolean) => ({
  id,
  device,
  ip_address: "192.0.2.7",
  created_at: "2026-11-24T08:00:00Z",
  last_used_at: "2026-11-24T09:00:00Z",
  expires_at: "2026-12-01T08:00:00Z",
  is_current: isCurrent,
});

beforeEach(async () => {
  server.use(
    http.post("*/auth/login/", () => HttpResponse.json({ access: accessToken() })),
    http.post("*/auth/token/refresh/", () => HttpResponse.json({ access: accessToken() })),
    http.post("*/auth/logout/", () => HttpResponse.json({ message: "Bye." })),
  );
  await session.signIn({ username: "l1.ana", password: "secret" });
});

test("setting up an authenticator app ends with the recovery codes", async () => {
  let isOn = false;
  const sent: unknown[] = [];
  server.use(
    http.get("*/auth/api/v1/2fa/", () => HttpResponse.json(isOn ? ON : OFF)),
    http.post("*/auth/api/v1/2fa/totp/setup/", () =>
      HttpResponse.json({ secret: "JBSWY3DP", otpauth_uri: "otpauth://x", qr_svg: "<svg/>" }),
    ),
    http.post("*/auth/api/v1/2fa/totp/enable/", async ({ request }) => {
      sent.push(await request.json());
      isOn = true;
      return HttpResponse.json({
        ...ON,
        recovery_codes: ["aaaa-bbbb", "cccc-dddd"],
        message: "On.",
      });
    }),
  );
  renderPart(<SecondFactor />);
  await userEvent.click(await screen.findByRole("button", { name: "Use an authenticator app" }));
  await userEvent.type(await screen.findByLabelText("Password"), "my-password{Enter}");
  expect(await screen.findByText("JBSWY3DP")).toBeVisible();
  expect(screen.getByAltText("QR code for the authenticator app")).toBeVisible();
  await userEvent.type(screen.getByLabelText("One-time code"), "123456{Enter}");
  const codes = await screen.findByRole("list", { name: "Recovery codes" });
  expect(within(codes).getAllByRole("listitem")).toHaveLength(2);
  expect(sent).toEqual([{ password: "my-password", code: "123456" }]);
  await userEvent.keyboard("{Escape}");
  expect(codes).toBeVisible();
  expect(screen.queryByRole("button", { name: "Close" })).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "I’ve saved them" }));
  expect(await screen.findByText(/10 recovery codes left/)).toBeVisible();
});

test("a wrong code is told and nothing is switched on", async () => {
  server.use(
    http.get("*/auth/api/v1/2fa/", () => HttpResponse.json(ON)),
    http.post("*/auth/api/v1/2fa/disable/", () =>
      HttpResponse.json({ error: "That code is incorrect.", code: "AUTH_FAILED" }, { status: 400 }),
    ),
  );
  renderPart(<SecondFactor />);
  await userEvent.click(
    await screen.findByRole("button", { name: "Turn off two-factor authentication" }),
  );
  const dialog = await screen.findByRole("dialog");
  await userEvent.type(within(dialog).getByLabelText("Password"), "my-password");
  await userEvent.type(within(dialog).getByLabelText("One-time code"), "000000{Enter}");
  expect(await screen.findByRole("alert")).toHaveTextContent("That code is incorrect.");
});

test("codes by mail are sent first, and then switch the second factor off", async () => {
  const sent: unknown[] = [];
  server.use(
    http.get("*/auth/api/v1/2fa/", () => HttpResponse.json({ ...ON, method: "email" })),
    http.post("*/auth/api/v1/2fa/email/setup/", async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json({ message: "Sent." });
    }),
    http.post("*/auth/api/v1/2fa/disable/", async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json({ ...OFF, message: "Off." });
    }),
  );
  renderPart(<SecondFactor />);
  await userEvent.click(
    await screen.findByRole("button", { name: "Turn off two-factor authentication" }),
  );
  await userEvent.type(await screen.findByLabelText("Password"), "my-password{Enter}");
  await userEvent.type(await screen.findByLabelText("One-time code"), "123456{Enter}");
  await expect
    .poll(() => sent)
    .toEqual([{ password: "my-password" }, { password: "my-password", code: "123456" }]);
});

test("new recovery codes are shown once, and can be copied without HTTPS", async () => {
  server.use(
    http.get("*/auth/api/v1/2fa/", () => HttpResponse.json({ ...ON, recovery_codes_left: 1 })),
    http.post("*/auth/api/v1/2fa/recovery-codes/", () =>
      HttpResponse.json({ ...ON, recovery_codes: ["aaaa-bbbb"], message: "New." }),
    ),
  );
  renderPart(<SecondFactor />);
  await userEvent.click(await screen.findByRole("button", { name: "Generate new recovery codes" }));
  await userEvent.type(await screen.findByLabelText("Password"), "my-password");
  await userEvent.type(screen.getByLabelText("One-time code"), "123456{Enter}");
  expect(await screen.findByText("aaaa-bbbb")).toBeVisible();
  Object.defineProperty(navigator, "clipboard", { value: undefined, configurable: true });
  await userEvent.click(screen.getByRole("button", { name: "Copy" }));
  expect(await screen.findByText(/press Ctrl\+C/)).toBeVisible();
  expect(getSelection()?.toString()).toContain("aaaa-bbbb");
});

test("ending one session asks first and says what it means", async () => {
  let rows = [row("a", "Firefox on Linux", true), row("b", "Safari on iPhone", false)];
  server.use(
    http.get("*/auth/api/v1/sessions/", () =>
      HttpResponse.json({ count: rows.length, next: null, previous: null, results: rows }),
    ),
    http.delete("*/auth/api/v1/sessions/b/", () => {
      rows = rows.slice(0, 1);
      return new HttpResponse(null, { status: 204 });
    }),
  );
  renderPart(<Sessions />);
  const name = "End session on Safari on iPhone";
  await userEvent.click(await screen.findByRole("button", { name }));
  const dialog = await screen.findByRole("dialog", { name });
  expect(dialog).toHaveTextContent("will have to sign in again");
  await userEvent.click(within(dialog).getByRole("button", { name: "End session" }));
  await expect.poll(() => screen.queryByText("Safari on iPhone")).toBeNull();
});

test("ending all other sessions asks first and says what it means", async () => {
  let rows = [row("a", "Firefox on Linux", true), row("b", "Safari on iPhone", false)];
  server.use(
    http.get("*/auth/api/v1/sessions/", () =>
      HttpResponse.json({ count: rows.length, next: null, previous: null, results: rows }),
    ),
    http.post("*/auth/api/v1/sessions/end-others/", () => {
      rows = rows.slice(0, 1);
      return HttpResponse.json({ ended: 1, message: "Ended." });
    }),
  );
  renderPart(<Sessions />);
  expect(await screen.findByText("This device")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "End all other sessions" }));
  const dialog = await screen.findByRole("dialog");
  expect(dialog).toHaveTextContent("will have to sign in again");
  await userEvent.click(within(dialog).getByRole("button", { name: "End all other sessions" }));
  await expect.poll(() => screen.queryByText("Safari on iPhone")).toBeNull();
});

test("a changed password signs out, a refused one says why at its field", async () => {
  let answer = HttpResponse.json(
    {
      error: "Wrong.",
      code: "VALIDATION_ERROR",
      details: { errors: { current_password: ["That is not your password."] } },
    },
    { status: 400 },
  );
  server.use(http.post("*/auth/password/change/", () => answer.clone() as never));
  renderPart(<PasswordForm />);
  await userEvent.type(screen.getByLabelText("Current password"), "wrong");
  await userEvent.type(screen.getByLabelText("New password"), "Nine-Lives-of-the-Cat-7{Enter}");
  expect(await screen.findByText("That is not your password.")).toBeVisible();
  answer = HttpResponse.json({ message: "Changed." } as never);
  await userEvent.click(screen.getByRole("button", { name: "Change password" }));
  await expect.poll(() => session.state.get().status).toBe("signed-out");
});
