/** People and who becomes one: invitations, registrations, files, deactivation. */
import { expect, test } from "../../frontend/playwright";
import { enter, expectInside, inMail, newPerson, PASSWORD, uniqueName } from "./people";
import { expectAccessible, signIn, told } from "./support";

test("somebody is invited, makes their own account, and has the role", async ({
  page,
  browser,
}) => {
  const username = uniqueName();
  const email = `${username}@example.com`;
  await signIn(page, "admin");
  await page.getByRole("link", { name: "Administration" }).click();
  await page.getByRole("link", { name: "Invitations" }).click();
  await page.getByRole("button", { name: "Invite person" }).click();
  const dialog = page.getByRole("dialog", { name: "Invite person" });
  await dialog.getByLabel("E-mail address").fill("nobody");
  await dialog.getByRole("button", { name: "Send invitation" }).click();
  await expect(dialog.getByLabel("E-mail address")).toHaveAccessibleDescription(/valid e-mail/);
  await dialog.getByLabel("E-mail address").fill(email);
  await dialog.getByLabel("Asset Manager").check();
  await dialog.getByRole("button", { name: "Send invitation" }).click();
  await expect(told(page, `Invitation sent to ${email}.`)).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: email })).toContainText("Asset Manager");

  const link = await inMail(email, /(\/invitation#token=[\w-]+)/);
  const theirs = await (await browser.newContext()).newPage();
  await theirs.goto(link);
  await theirs.getByLabel("Username").fill(username);
  await theirs.getByLabel("New password").fill(PASSWORD);
  await theirs.getByRole("button", { name: "Create account" }).click();
  await expect(theirs.getByRole("status")).toBeVisible();
  await enter(theirs, { id: 0, username, email, password: PASSWORD });
  await expectInside(theirs, username);
  await expect(theirs.getByRole("link", { name: "Administration" })).toBeHidden();
  await theirs.goto("/admin/people");
  await expect(theirs.getByRole("alert")).toContainText("Administrators only");
  await theirs.context().close();

  await page.getByRole("link", { name: "Accepted" }).click();
  await expect(page.getByRole("row").filter({ hasText: email })).toBeVisible();
});

test("an invitation that is revoked stops working", async ({ page, browser }) => {
  const email = `${uniqueName()}@example.com`;
  await signIn(page, "admin");
  await page.goto("/admin/invitations");
  await page.getByRole("button", { name: "Invite person" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("E-mail address").fill(email);
  await dialog.getByRole("button", { name: "Send invitation" }).click();
  const link = await inMail(email, /(\/invitation#token=[\w-]+)/);
  await page.getByRole("button", { name: `Revoke the invitation to ${email}` }).click();
  await expect(dialog).toContainText("stops working");
  await dialog.getByRole("button", { name: "Revoke" }).click();
  await expect(told(page, "revoked")).toBeVisible();
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
  await expect(dialog).toContainText("They have no open tasks");
  await dialog.getByLabel("Reason").fill("Left the company");
  await dialog.getByRole("button", { name: "Deactivate" }).click();
  await expect(told(page, "was deactivated")).toBeVisible();

  await theirs.goto("/profile");
  await expect(theirs).toHaveURL(/sign-in/);
  await enter(theirs, person);
  await expect(theirs.getByRole("alert")).toContainText("Incorrect username or password");

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
  await expect(dialog).toContainText("No errors found");
  await dialog.getByRole("button", { name: "Apply" }).click();
  await expect(told(page, "Imported: 1 created, 0 updated.")).toBeVisible();
  await page.getByRole("searchbox", { name: "Search" }).last().fill(username);
  await expect(page).toHaveURL(new RegExp(`q=${username}`));
  await page.getByRole("row").filter({ hasText: username }).getByRole("link").click();
  await expect(page.getByRole("table", { name: "Roles" })).toContainText("Asset Manager");
  const exported = page.waitForEvent("download");
  await page.goto("/admin/people");
  await page.getByRole("button", { name: "Export" }).click();
  expect((await exported).suggestedFilename()).toBe("people.csv");
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
  await expect(told(page, `${username} approved.`)).toBeVisible();
  await inMail(email, /(account)/);
  await page.getByRole("link", { name: "Approved" }).click();
  await expect(page.getByRole("row").filter({ hasText: email })).toContainText("admin");
});
