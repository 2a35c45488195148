/** Keys and clients: secrets that are shown once, and acts that ask for the password. */
import { expect, test } from "../../frontend/playwright";
import { status } from "./status";
import { expectAccessible, signIn, uniqueTitle } from "./support";

test("an API key is shown once, works, and ends when it is revoked", async ({ page, request }) => {
  const name = uniqueTitle("Dashboard");
  await signIn(page, "admin");
  await page.goto("/admin/api-keys");
  await page.getByRole("button", { name: "New API key" }).click();
  const form = page.getByRole("dialog", { name: "New API key" });
  await form.getByLabel("Name").fill(name);
  await form.getByLabel("users:read").check();
  await form.getByRole("button", { name: "Create" }).click();
  const shown = page.getByRole("dialog", { name: `Secret for ${name}` });
  const secret = await shown.getByLabel("Secret").inputValue();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await page.mouse.click(5, 300);
  await expect(shown).toBeVisible();
  await expect(shown.getByRole("button", { name: "Close" })).toBeDisabled();
  await shown.getByLabel("I’ve saved it").check();
  await shown.getByRole("button", { name: "Close" }).click();
  await expect(shown).toBeHidden();
  expect(await page.content()).not.toContain(secret);

  const ask = () =>
    request.post("/auth/service-token/", {
      headers: { "X-API-Key": secret },
      data: { audience: "auth_service" },
    });
  expect((await ask()).status()).toBe(200);
  await page.getByRole("button", { name: `Revoke ${name}` }).click();
  const asks = page.getByRole("dialog", { name: `Revoke ${name}` });
  await expect(asks).toContainText("stops working permanently");
  await asks.getByRole("button", { name: "Revoke" }).click();
  await expect(page.getByRole("row").filter({ hasText: name })).toContainText("Revoked");
  expect((await ask()).status()).toBe(401);
});

test("a dangerous act asks for the password over its form, and then goes on by itself", async ({
  page,
}) => {
  const name = uniqueTitle("Proved");
  await signIn(page, "admin");
  await page.goto("/admin/service-clients");
  // As if the sign-in were more than a quarter of an hour ago.
  let isAsked = false;
  await page.route("**/service-clients/", (route) => {
    if (isAsked || route.request().method() !== "POST") return route.continue();
    isAsked = true;
    const json = { error: "Enter your password once more.", code: "REAUTHENTICATION_REQUIRED" };
    return route.fulfill({ status: 403, json });
  });
  await page.getByRole("button", { name: "New service client" }).click();
  const form = page.getByRole("dialog", { name: "New service client" });
  await form.getByLabel("Name").fill(name);
  await form.getByLabel("Workflow", { exact: true }).check();
  await form.getByLabel("tasks:read").check();
  await form.getByRole("button", { name: "Create" }).click();
  const asks = page.getByRole("dialog", { name: "Confirm it’s you" });
  await asks.getByLabel("Password", { exact: true }).fill(status.password);
  await expectAccessible(page);
  await asks.getByRole("button", { name: "Confirm" }).click();
  const shown = page.getByRole("dialog", { name: `Secret for ${name}` });
  await expect(shown.getByLabel("Client ID")).toHaveValue(/^svc_/);
  await shown.getByLabel("I’ve saved it").check();
  await shown.getByRole("button", { name: "Close" }).click();
  await expect(page.getByRole("row").filter({ hasText: name })).toContainText("Active");
});
