/** Roles, who holds them, and who may say so. */
import { expect, test } from "../../frontend/playwright";
import { enter, expectInside, newPerson } from "./people";
import { asAdmin, read, signIn, told, uniqueTitle } from "./support";

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
  await expect(told(page, `Role ${role} created.`)).toBeVisible();

  await page.goto("/admin/members");
  await page.getByRole("button", { name: "Add member" }).click();
  await dialog.getByLabel("Username or e-mail").fill(person.email);
  await dialog.getByLabel("Role").selectOption({ label: role });
  await dialog.getByRole("button", { name: "Add role" }).click();
  await expect(told(page, `${role} added to ${person.username}.`)).toBeVisible();

  await page.goto(`/admin/people/${String(person.id)}`);
  const held = page.getByRole("table", { name: "Roles" });
  await page.getByRole("button", { name: `Suspend ${role} for ${person.username}` }).click();
  await dialog.getByRole("button", { name: "Suspend" }).click();
  await expect(held).toContainText("Suspended");
  const address = `/auth/api/v1/users/${String(person.id)}/`;
  const { roles } = await read<{ roles: unknown[] }>("admin", address);
  expect(roles).toEqual([]);

  await page.goto("/admin/roles");
  await page.getByRole("button", { name: `Delete ${role}` }).click();
  await expect(dialog).toContainText("1 person has this role");
  await dialog.getByRole("link", { name: "Show members" }).click();
  await page.getByRole("button", { name: `Remove ${role} from ${person.username}` }).click();
  await dialog.getByRole("button", { name: "Remove" }).click();
  await expect(told(page, `${role} removed`)).toBeVisible();
  await page.goto("/admin/roles");
  await page.getByRole("button", { name: `Delete ${role}` }).click();
  await dialog.getByRole("button", { name: "Delete" }).click();
  await expect(told(page, `Role ${role} deleted.`)).toBeVisible();
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
  await page.getByRole("button", { name: "Add member" }).click();
  const dialog = page.getByRole("dialog", { name: "Add member" });
  await dialog.getByLabel("Username or e-mail").fill("nobody-at-all");
  await dialog.getByLabel("Role").selectOption({ label: "Admin" });
  await dialog.getByRole("button", { name: "Add role" }).click();
  await expect(dialog.getByLabel("Username or e-mail")).toHaveAccessibleDescription(/no such/);
  await dialog.getByLabel("Username or e-mail").fill(other.username);
  await dialog.getByRole("button", { name: "Add role" }).click();
  await expect(told(page, `Admin added to ${other.username}.`)).toBeVisible();
  await page.goto("/admin/people");
  await expect(page.getByRole("alert")).toContainText("Only administrators of the ticket system");
});
