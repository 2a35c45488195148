import { expect, test, type Page } from "../../frontend/playwright";
import {
  codeOf,
  enter,
  expectInside,
  inMail,
  leave,
  newPerson,
  uniqueName,
  type NewPerson,
} from "./people";
import { asAdmin, ELSEWHERE_MS, expectAccessible } from "./support";

/** Sets up an authenticator app on the profile; returns its secret and the recovery codes. */
async function setUpApp(
  page: Page,
  person: NewPerson,
): Promise<{ secret: string; codes: string[] }> {
  await page.getByRole("button", { name: "Use an authenticator app" }).click();
  const dialog = page.getByRole("dialog", { name: "Use an authenticator app" });
  await dialog.getByLabel("Password", { exact: true }).fill(person.password);
  await dialog.getByRole("button", { name: "Continue" }).click();
  await expect(dialog.getByAltText("QR code for the authenticator app")).toBeVisible();
  await expectAccessible(page);
  const secret = await dialog.getByText(/^[A-Z2-7]{16,}$/).innerText();
  await dialog.getByLabel("One-time code").fill(codeOf(secret));
  await dialog.getByRole("button", { name: "Turn on" }).click();
  return { secret, codes: await keepCodes(page) };
}

/** The recovery codes stay until somebody says that they are kept. */
async function keepCodes(page: Page): Promise<string[]> {
  const dialog = page.getByRole("dialog", { name: "Recovery codes" });
  const list = dialog.getByRole("list", { name: "Recovery codes" });
  await expect(list).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await page.mouse.click(5, 5);
  await expect(list).toBeVisible();
  const codes = await list.getByRole("listitem").allInnerTexts();
  expect(codes).toHaveLength(10);
  await dialog.getByRole("button", { name: "I’ve saved them" }).click();
  await expect(dialog).toBeHidden();
  return codes;
}

async function openProfile(page: Page, person: NewPerson): Promise<void> {
  await enter(page, person);
  await expectInside(page, person.username);
  await page.goto("/profile");
}

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test("an authenticator app is set up, asked for and replaced by a recovery code", async ({
      page,
      context,
    }) => {
      const person = await newPerson();
      await openProfile(page, person);
      const { secret, codes } = await setUpApp(page, person);
      await expect(page.getByText("10 recovery codes left")).toBeVisible();
      await leave(page, person.username);

      await test.step("a wrong code is told, a pasted one opens the door", async () => {
        await enter(page, person);
        const field = page.getByLabel("One-time code");
        await expect(field).toBeFocused();
        await expectAccessible(page);
        await page.keyboard.type("000000");
        await expect(page.getByRole("alert")).toContainText("That code is incorrect");
        await expect(field).toHaveValue("");
        await context.grantPermissions(["clipboard-read", "clipboard-write"]);
        // The step of the code that switched it on is spent.
        const code = codeOf(secret, 1);
        await page.evaluate(
          (text) => navigator.clipboard.writeText(text),
          `${code.slice(0, 3)} ${code.slice(3)}`,
        );
        await field.press("Control+v");
        await expectInside(page, person.username);
        await leave(page, person.username);
      });

      await test.step("a recovery code opens it when the device is lost", async () => {
        await enter(page, person);
        await page.getByRole("button", { name: "Use a recovery code" }).click();
        await page.getByLabel("Recovery code").fill(codes[0] ?? "");
        await page.keyboard.press("Enter");
        await expectInside(page, person.username);
        await page.goto("/profile");
        await expect(page.getByText("9 recovery codes left")).toBeVisible();
      });

      await test.step("a recovery code switches it off, with the password", async () => {
        await page.getByRole("button", { name: "Turn off two-factor authentication" }).click();
        const dialog = page.getByRole("dialog", { name: "Turn off two-factor authentication" });
        await dialog.getByLabel("Password", { exact: true }).fill(person.password);
        await dialog.getByRole("button", { name: "Use a recovery code" }).click();
        await dialog.getByLabel("Recovery code").fill(codes[1] ?? "");
        await expectAccessible(page);
        await page.keyboard.press("Enter");
        await expect(
          page.getByText("Off. Only your password protects this account."),
        ).toBeVisible();
      });
    });
  });
}

test("codes by e-mail open the door, and others can be sent after a while", async ({ page }) => {
  const person = await newPerson();
  await openProfile(page, person);
  await page.getByRole("button", { name: "Use codes by e-mail" }).click();
  const dialog = page.getByRole("dialog", { name: "Use codes by e-mail" });
  await dialog.getByLabel("Password", { exact: true }).fill(person.password);
  await dialog.getByRole("button", { name: "Continue" }).click();
  const first = await inMail(person.email, /\b(\d{6})\b/);
  await dialog.getByLabel("One-time code").fill(first);
  await dialog.getByRole("button", { name: "Turn on" }).click();
  await keepCodes(page);
  await leave(page, person.username);

  await enter(page, person);
  await expect(page.getByRole("button", { name: /^Resend code \(\d+ s\)$/ })).toBeDisabled();
  await expectAccessible(page);
  await expect
    .poll(() => inMail(person.email, /\b(\d{6})\b/), { timeout: ELSEWHERE_MS })
    .not.toBe(first);
  await page.getByLabel("One-time code").fill(await inMail(person.email, /\b(\d{6})\b/));
  await expectInside(page, person.username);
});

test("who holds a role that demands a second factor is led to set one up", async ({ page }) => {
  const role = await asAdmin<{ id: number }>("/auth/api/v1/roles/", {
    system: "tts",
    name: `Vault ${uniqueName()}`,
    permissions: ["task.view"],
    requires_second_factor: true,
  });
  const person = await newPerson(role.id);
  await enter(page, person);
  await expect(page).toHaveURL(/\/profile/);
  await expect(page.getByText("Set up two-factor authentication to continue")).toBeVisible();
  await expectAccessible(page);
  await page.goto("/");
  await expect(page).toHaveURL(/\/profile/);
  await setUpApp(page, person);
  await expect(page.getByText("You now have full access")).toBeVisible();
  await expect(page.getByLabel("First name")).toBeVisible();
  await page.getByRole("link", { name: "Go to queue" }).click();
  await expect(
    page
      .getByRole("tab")
      .or(page.getByRole("heading", { name: "Queue" }))
      .first(),
  ).toBeAttached();
  await expect(page).not.toHaveURL(/\/profile/);
});
