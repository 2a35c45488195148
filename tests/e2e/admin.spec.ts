/** The pages of administration, worked through in a browser. */
import { expect, test, type Page } from "../../frontend/playwright";
import { status } from "./status";
import { enter, expectInside, inMail, newPerson, PASSWORD, uniqueName } from "./people";
import { asAdmin, expectAccessible, expectNoSideways, read, signIn, uniqueTitle } from "./support";

const told = (page: Page, text: string | RegExp) =>
  page.getByRole("status").filter({ hasText: text });

test("somebody is invited, makes their own account, and has the role", async ({
  page,
  browser,
}) => {
  const username = uniqueName();
  const email = `${username}@example.com`;
  await signIn(page, "admin");
  await page.getByRole("link", { name: "Administration" }).click();
  await page.getByRole("link", { name: "Invitations" }).click();
  await page.getByRole("button", { name: "Invite somebody" }).click();
  const dialog = page.getByRole("dialog", { name: "Invite somebody" });
  await dialog.getByLabel("E-mail address").fill("nobody");
  await dialog.getByRole("button", { name: "Send the invitation" }).click();
  await expect(dialog.getByLabel("E-mail address")).toHaveAccessibleDescription(/valid e-mail/);
  await dialog.getByLabel("E-mail address").fill(email);
  await dialog.getByLabel("Asset Manager").check();
  await dialog.getByRole("button", { name: "Send the invitation" }).click();
  await expect(told(page, `The invitation to ${email} was sent.`)).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: email })).toContainText("Asset Manager");

  const link = await inMail(email, /(\/invitation#token=[\w-]+)/);
  const theirs = await (await browser.newContext()).newPage();
  await theirs.goto(link);
  await theirs.getByLabel("User name").fill(username);
  await theirs.getByLabel("New password").fill(PASSWORD);
  await theirs.getByRole("button", { name: "Create the account" }).click();
  await expect(theirs.getByRole("status")).toBeVisible();
  await enter(theirs, { id: 0, username, email, password: PASSWORD });
  await expectInside(theirs, username);
  await expect(theirs.getByRole("link", { name: "Administration" })).toBeHidden();
  await theirs.goto("/admin/people");
  await expect(theirs.getByRole("alert")).toContainText("This is for administrators");
  await theirs.context().close();

  await page.getByRole("link", { name: "Accepted" }).click();
  await expect(page.getByRole("row").filter({ hasText: email })).toBeVisible();
});

test("an invitation that is revoked opens nothing any more", async ({ page, browser }) => {
  const email = `${uniqueName()}@example.com`;
  await signIn(page, "admin");
  await page.goto("/admin/invitations");
  await page.getByRole("button", { name: "Invite somebody" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("E-mail address").fill(email);
  await dialog.getByRole("button", { name: "Send the invitation" }).click();
  const link = await inMail(email, /(\/invitation#token=[\w-]+)/);
  await page.getByRole("button", { name: `Revoke the invitation to ${email}` }).click();
  await expect(dialog).toContainText("opens nothing any more");
  await dialog.getByRole("button", { name: "Revoke" }).click();
  await expect(told(page, "was revoked")).toBeVisible();
  const theirs = await (await browser.newContext()).newPage();
  await theirs.goto(link);
  await expect(theirs.getByRole("alert")).toBeVisible();
  await theirs.context().close();
});

test("who is deactivated is out within seconds, and in again when reactivated", async ({
  page,
  browser,
}) => {
  const person = await newPerson();
  const theirs = await (await browser.newContext()).newPage();
  await enter(theirs, person);
  await expectInside(theirs, person.username);

  await signIn(page, "admin");
  await page.goto("/admin/people");
  await page.getByRole("searchbox", { name: "Search" }).last().fill(person.username);
  await page.getByRole("link", { name: person.username }).click();
  await page.getByRole("button", { name: "Deactivate" }).click();
  const dialog = page.getByRole("dialog", { name: `Deactivate ${person.username}?` });
  await expect(dialog).toContainText("signed out everywhere within seconds");
  await expect(dialog).toContainText("No open task is assigned to them");
  await dialog.getByLabel("Reason").fill("Left the company");
  await dialog.getByRole("button", { name: "Deactivate" }).click();
  await expect(told(page, "was deactivated")).toBeVisible();

  await theirs.goto("/profile");
  await expect(theirs).toHaveURL(/sign-in/);
  await enter(theirs, person);
  await expect(theirs.getByRole("alert")).toContainText("do not belong together");

  await page.getByRole("button", { name: "Reactivate" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Reactivate" }).click();
  await expect(told(page, "was reactivated")).toBeVisible();
  await enter(theirs, person);
  await expectInside(theirs, person.username);
  await theirs.context().close();
});

test("a file with an error changes nothing; mended, it is applied", async ({ page }) => {
  const username = uniqueName();
  const fileOf = (email: string) => ({
    name: "people.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(
      `username,email,first_name,roles\n${username},${email},Mia,tts:Asset Manager\n`,
    ),
  });
  await signIn(page, "admin");
  await page.goto("/admin/people");
  await page.getByRole("button", { name: "Import" }).click();
  const dialog = page.getByRole("dialog", { name: "Import people" });
  await dialog.getByLabel("File", { exact: true }).setInputFiles(fileOf("no address"));
  const faults = dialog.getByRole("table", { name: "Errors in the file" });
  await expect(faults.getByRole("row").nth(1)).toContainText("Row 2email");
  await expect(dialog.getByRole("button", { name: "Apply" })).toBeHidden();
  await expectAccessible(page);

  await dialog.getByLabel("File", { exact: true }).setInputFiles(fileOf(`${username}@example.com`));
  await expect(dialog).toContainText("The file is good");
  await dialog.getByRole("button", { name: "Apply" }).click();
  await expect(told(page, "Imported: 1 created, 0 changed.")).toBeVisible();
  await page.getByRole("searchbox", { name: "Search" }).last().fill(username);
  await expect(page).toHaveURL(new RegExp(`q=${username}`));
  await page.getByRole("row").filter({ hasText: username }).getByRole("link").click();
  await expect(page.getByRole("table", { name: "Roles held" })).toContainText("Asset Manager");
  const exported = page.waitForEvent("download");
  await page.goto("/admin/people");
  await page.getByRole("button", { name: "Export" }).click();
  expect((await exported).suggestedFilename()).toBe("people.csv");
});

test("a role is made, given, suspended and taken, and then deleted", async ({ page }) => {
  const person = await newPerson();
  const role = uniqueTitle("Auditor");
  await signIn(page, "admin");
  await page.goto("/admin/roles");
  await page.getByRole("button", { name: "New role" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill(role);
  await dialog.getByRole("textbox", { name: "Permissions" }).fill("audit.view");
  await page.keyboard.press("Enter");
  await dialog.getByRole("button", { name: "Create" }).click();
  await expect(told(page, `The role ${role} was created.`)).toBeVisible();

  await page.goto("/admin/members");
  await page.getByRole("button", { name: "Add a member" }).click();
  await dialog.getByLabel("Username or e-mail").fill(person.email);
  await dialog.getByLabel("Role").selectOption({ label: role });
  await dialog.getByRole("button", { name: "Give the role" }).click();
  await expect(told(page, `${person.username} holds ${role} now.`)).toBeVisible();

  await page.goto(`/admin/people/${String(person.id)}`);
  const held = page.getByRole("table", { name: "Roles held" });
  await page.getByRole("button", { name: `Suspend ${role} of ${person.username}` }).click();
  await dialog.getByRole("button", { name: "Suspend" }).click();
  await expect(held).toContainText("Suspended");
  const address = `/auth/api/v1/users/${String(person.id)}/`;
  const { roles } = await read<{ roles: unknown[] }>("admin", address);
  expect(roles).toEqual([]);

  await page.goto("/admin/roles");
  await page.getByRole("button", { name: `Delete ${role}` }).click();
  await expect(dialog).toContainText("1 person holds this role");
  await dialog.getByRole("link", { name: "Show them" }).click();
  await page.getByRole("button", { name: `Remove ${role} from ${person.username}` }).click();
  await dialog.getByRole("button", { name: "Remove" }).click();
  await expect(told(page, `holds ${role} no more`)).toBeVisible();
  await page.goto("/admin/roles");
  await page.getByRole("button", { name: `Delete ${role}` }).click();
  await dialog.getByRole("button", { name: "Delete" }).click();
  await expect(told(page, `The role ${role} was deleted.`)).toBeVisible();
});

test("who asked for an account gets it, with a role, by one click", async ({ page, request }) => {
  const username = uniqueName();
  const email = `${username}@example.com`;
  const data = { username, email, password: PASSWORD };
  expect((await request.post("/auth/register/", { data })).status()).toBe(202);
  await signIn(page, "admin");
  await page.goto("/admin/people");
  await page.getByRole("link", { name: /^Registrations/ }).click();
  await page.getByRole("button", { name: `Approve ${username}` }).click();
  const dialog = page.getByRole("dialog", { name: `Approve ${username}` });
  await dialog.getByLabel("Asset Manager").check();
  await dialog.getByRole("button", { name: "Approve" }).click();
  await expect(told(page, `${username} has an account now.`)).toBeVisible();
  await inMail(email, /(account)/);
  await page.getByRole("link", { name: "Approved" }).click();
  await expect(page.getByRole("row").filter({ hasText: email })).toContainText("admin");
});

test("an administrator of one system sees that system alone, and gives its roles by name", async ({
  page,
}) => {
  const [boss, other] = [await newPerson(), await newPerson()];
  const { results } = await read<{ results: { id: number; system: string; name: string }[] }>(
    "admin",
    "/auth/api/v1/roles/?system=ams&page_size=100",
  );
  const role_id = results.find(({ name }) => name === "Admin")?.id;
  await asAdmin("/auth/api/v1/user-roles/", { user_id: boss.id, role_id, system: "ams" });
  await enter(page, boss);
  await expectInside(page, boss.username);
  await page.getByRole("link", { name: "Administration" }).click();
  await expect(page).toHaveURL(/\/admin\/members/);
  const sections = page.getByRole("navigation", { name: "Administration" });
  await expect(sections.getByRole("link")).toHaveText(["Members", "Roles", "Invitations"]);
  await page.getByRole("button", { name: "Add a member" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a member" });
  await dialog.getByLabel("Username or e-mail").fill("nobody-at-all");
  await dialog.getByLabel("Role").selectOption({ label: "Admin" });
  await dialog.getByRole("button", { name: "Give the role" }).click();
  await expect(dialog.getByLabel("Username or e-mail")).toHaveAccessibleDescription(/no such/);
  await dialog.getByLabel("Username or e-mail").fill(other.username);
  await dialog.getByRole("button", { name: "Give the role" }).click();
  await expect(told(page, `${other.username} holds Admin now.`)).toBeVisible();
  await page.goto("/admin/people");
  await expect(page.getByRole("alert")).toContainText("Only administrators of the ticket system");
});

test("an API key is shown once, works, and ends when it is revoked", async ({ page, request }) => {
  const name = uniqueTitle("Dashboard");
  await signIn(page, "admin");
  await page.goto("/admin/api-keys");
  await page.getByRole("button", { name: "New API key" }).click();
  const form = page.getByRole("dialog", { name: "New API key" });
  await form.getByLabel("Name").fill(name);
  await form.getByLabel("users:read").check();
  await form.getByRole("button", { name: "Create" }).click();
  const shown = page.getByRole("dialog", { name: `The secret of ${name}` });
  const secret = await shown.getByLabel("Secret").inputValue();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await page.mouse.click(5, 300);
  await expect(shown).toBeVisible();
  await expect(shown.getByRole("button", { name: "Close" })).toBeDisabled();
  await shown.getByLabel("I have saved it").check();
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
  await expect(asks).toContainText("for good");
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
  const asks = page.getByRole("dialog", { name: "Is it really you?" });
  await asks.getByLabel("Password", { exact: true }).fill(status.password);
  await expectAccessible(page);
  await asks.getByRole("button", { name: "Confirm" }).click();
  const shown = page.getByRole("dialog", { name: `The secret of ${name}` });
  await expect(shown.getByLabel("Client id")).toHaveValue(/^svc_/);
  await shown.getByLabel("I have saved it").check();
  await shown.getByRole("button", { name: "Close" }).click();
  await expect(page.getByRole("row").filter({ hasText: name })).toContainText("Good");
});

const PAGES = [
  ["people", "People"],
  ["members", "Members"],
  ["roles", "Roles"],
  ["invitations", "Invitations"],
  ["registrations", "Registrations"],
  ["api-keys", "API keys"],
  ["service-clients", "Service clients"],
] as const;

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1280, 390]) {
    test.describe(`${colorScheme}, ${String(width)} px`, () => {
      test.use({ colorScheme, viewport: { width, height: 800 } });

      test("every page of administration and its dialogs are accessible", async ({ page }) => {
        await signIn(page, "admin");
        for (const [address, title] of PAGES) {
          await page.goto(`/admin/${address}`);
          await expect(page.getByRole("heading", { name: title, level: 1 })).toBeVisible();
          await expect(page.getByRole("status", { name: "Loading" })).toHaveCount(0);
          await expectAccessible(page);
          await expectNoSideways(page);
        }
        for (const [address, button] of [
          ["people", "Import"],
          ["people", "Add a person"],
          ["people/3", "Deactivate"],
          ["members", "Add a member"],
          ["roles", "New role"],
          ["roles", "Edit Admin"],
          ["invitations", "Invite somebody"],
          ["service-clients", "New service client"],
        ] as const) {
          await page.goto(`/admin/${address}`);
          await page.getByRole("button", { name: button, exact: true }).first().click();
          await expect(page.getByRole("dialog")).toBeVisible();
          await expectAccessible(page);
        }
      });
    });
  }
}
