import { Buffer } from "node:buffer";
import { expect, test } from "../../frontend/playwright";
import { ANOTHER, enter, expectInside, inMail, newPerson, PASSWORD, uniqueName } from "./people";
import { asAdmin, expectAccessible, expectNoSideways, read } from "./support";

test("a forgotten password is set anew by the link of a mail", async ({ page }) => {
  const person = await newPerson();
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await page.getByLabel("E-mail address").fill(person.email);
  await page.getByRole("button", { name: "Send reset link" }).click();
  await expect(page.getByRole("status")).toBeVisible();

  const link = await inMail(person.email, /(\/reset#token=[\w-]+)/);
  await page.goto(link);
  await page.getByLabel("New password").fill("password1234");
  await page.getByRole("button", { name: "Set password" }).click();
  await expect(page.getByLabel("New password")).toHaveAccessibleDescription(/common/);
  await page.getByLabel("New password").fill(ANOTHER);
  await page.getByRole("button", { name: "Set password" }).click();
  await page.getByRole("link", { name: "Back to sign in" }).click();

  await enter(page, person);
  await expect(page.getByRole("alert")).toContainText("Incorrect username or password");
  await enter(page, { ...person, password: ANOTHER });
  await expectInside(page, person.username);
});

test("who asks for an account waits for an administrator, and then comes in", async ({ page }) => {
  const username = uniqueName();
  const person = { id: 0, username, email: `${username}@example.com`, password: PASSWORD };
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Request an account" }).click();
  await page.getByLabel("Username").fill(person.username);
  await page.getByLabel("E-mail address").fill(person.email);
  await page.getByLabel("New password").fill(person.password);
  await page.getByRole("button", { name: "Send request" }).click();
  await expect(page.getByRole("status")).toBeVisible();
  await enter(page, person);
  await expect(page.getByRole("alert")).toContainText("Incorrect username or password");

  const { results } = await read<{ results: { id: number; username: string }[] }>(
    "admin",
    "/auth/api/v1/registrations/?page_size=100",
  );
  const asked = results.find((each) => each.username === username);
  if (asked === undefined) throw new Error("the request is not among those that wait");
  await asAdmin(`/auth/api/v1/registrations/${String(asked.id)}/approve/`, {});
  await enter(page, person);
  await expectInside(page, username);
});

test("another e-mail address counts once its link is opened", async ({ page }) => {
  const person = await newPerson();
  const wanted = `new-${person.email}`;
  await enter(page, person);
  await expectInside(page, person.username);
  await page.goto("/profile");
  const section = page.getByRole("region", { name: "E-mail address" });
  await section.getByLabel("New e-mail address").fill(wanted);
  await section.getByLabel("Current password").fill(person.password);
  await section.getByRole("button", { name: "Send confirmation link" }).click();
  await expect(section.getByText(`We sent a link to ${wanted}`)).toBeVisible();
  await expect(section.getByText(`Current address: ${person.email}`)).toBeVisible();

  await page.goto(await inMail(wanted, /(\/confirm-email#token=[\w-]+)/));
  await page.getByRole("button", { name: "Confirm address" }).click();
  await expect(page.getByText(`Your e-mail address is now ${wanted}.`)).toBeVisible();
  await page.goto("/profile");
  await expect(page.getByText(`Current address: ${wanted}`)).toBeVisible();
});

test("a dangerous act asks for the password once more, and then goes on", async ({ page }) => {
  const person = await newPerson();
  await enter(page, person);
  await expectInside(page, person.username);
  await page.goto("/profile");
  let refusals = 0;
  await page.route("**/auth/api/v1/users/me/", async (route) => {
    if (route.request().method() !== "PATCH" || refusals > 0) return route.continue();
    refusals += 1;
    return route.fulfill({
      status: 403,
      json: { error: "Enter your password once more.", code: "REAUTHENTICATION_REQUIRED" },
    });
  });
  await page.getByLabel("First name").fill("Joanna");
  await page.getByRole("button", { name: "Save" }).click();
  const dialog = page.getByRole("dialog", { name: "Confirm it’s you" });
  await expect(dialog).toBeVisible();
  await expectAccessible(page);
  await dialog.getByLabel("Password", { exact: true }).fill("not the password");
  await dialog.getByRole("button", { name: "Confirm" }).click();
  await expect(dialog.getByText("The password is wrong.")).toBeVisible();
  await dialog.getByLabel("Password", { exact: true }).fill(person.password);
  await dialog.getByRole("button", { name: "Confirm" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("Profile saved.")).toBeVisible();
});

test("a session on another device is ended from the profile", async ({ page, browser }) => {
  const person = await newPerson();
  const other = await (await browser.newContext()).newPage();
  await enter(other, person);
  await expectInside(other, person.username);
  await other.goto("/profile");
  await enter(page, person);
  await expectInside(page, person.username);
  await page.goto("/profile");

  await page.getByRole("button", { name: /^End session on/ }).click();
  const dialog = page.getByRole("dialog", { name: /^End session on/ });
  await expect(dialog).toContainText("will have to sign in again");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole("button", { name: /^End session on/ }).click();
  await dialog.getByRole("button", { name: "End session", exact: true }).click();
  await expect(page.getByRole("button", { name: /^End session on/ })).toHaveCount(0);

  await other.getByRole("button", { name: "Save" }).click();
  await expect(other.getByRole("dialog", { name: "Your session has expired" })).toBeVisible();
  await other.context().close();
});

// The smallest PNG: one dot.
const DOT = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

test("a picture stands in place of the initials until it is removed", async ({ page }) => {
  const person = await newPerson(await anyRole());
  await enter(page, person);
  await expectInside(page, person.username);
  await page.goto("/profile");
  const pictures = page.locator("img[src^='data:image/']");
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "me.png", mimeType: "image/png", buffer: DOT });
  await expect(pictures).toHaveCount(2);
  await page.reload();
  await expect(pictures).toHaveCount(2);
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(pictures).toHaveCount(0);
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "me.png", mimeType: "image/png", buffer: Buffer.from("no picture") });
  await expect(page.getByRole("alert")).toContainText("not the image");
});

async function anyRole(): Promise<number> {
  const { results } = await read<{ results: { id: number; name: string }[] }>(
    "admin",
    "/auth/api/v1/roles/?system=tts&page_size=100",
  );
  const role = results.find(({ name }) => name === "Asset Manager");
  if (role === undefined) throw new Error("there is no role Asset Manager");
  return role.id;
}

const PAGES = [
  ["/forgot", "Forgot your password?"],
  ["/reset#token=unknown", "Set a new password"],
  ["/reset", "Set a new password"],
  ["/register", "Request an account"],
  ["/invitation#token=unknown", "You’re invited"],
  ["/confirm-email#token=unknown", "Confirm your new e-mail address"],
] as const;

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1280, 390]) {
    test.describe(`${colorScheme}, ${String(width)} px`, () => {
      test.use({ colorScheme, viewport: { width, height: 800 } });

      test("the pages of accounts are accessible", async ({ page }) => {
        for (const [address, title] of PAGES) {
          await page.goto("about:blank");
          await page.goto(address);
          await expect(page.getByRole("heading", { name: title })).toBeVisible();
          await expect(page.getByLabel("Loading")).toHaveCount(0);
          await expectAccessible(page);
          await expectNoSideways(page);
        }
      });

      test("the profile and its choices are accessible", async ({ page }) => {
        const person = await newPerson();
        await enter(page, person);
        await expectInside(page, person.username);
        await page.goto("/profile");
        await expect(page.getByLabel("First name")).toBeVisible();
        await expect(page.getByText("This device")).toBeVisible();
        await expectAccessible(page);
        await expectNoSideways(page);
        await page.getByLabel("Language").selectOption("Deutsch");
        await page.getByRole("button", { name: "Save" }).click();
        await expect(page.getByText("Profile saved.")).toBeVisible();
        await expectAccessible(page);
      });
    });
  }
}
