import { expect, test } from "../../frontend/playwright";
import { status } from "./status";
import { newTask, signIn, uniqueTitle } from "./support";

test("a wrong password is refused in words that help nobody else", async ({ page }) => {
  await page.goto("/");
  await expect(page).toHaveURL(/\/sign-in/);
  await page.getByLabel("Username or e-mail").fill("nobody.here");
  await page.getByLabel("Password", { exact: true }).fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toContainText("Incorrect username or password");
});

test("whoever opens a link signs in and stands where the link leads", async ({ page }) => {
  const task = await newTask(uniqueTitle("Linked"));
  await page.goto(`/tasks/${task.task_id}`);
  await page.getByLabel("Username or e-mail").fill(task.holder);
  await page.getByLabel("Password", { exact: true }).fill(status.password);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: task.title })).toBeVisible();
});

test("a reload keeps the session, and no script can read what keeps it", async ({ page }) => {
  await signIn(page, "l1.ana");
  await page.reload();
  await expect(page.getByRole("button", { name: "Account: l1.ana" })).toBeVisible();
  const readable = await page.evaluate(
    () =>
      document.cookie + JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage }),
  );
  expect(readable).not.toMatch(/eyJ|refresh/);
});

test("signing out in one tab ends the session in the other", async ({ context }) => {
  const here = await context.newPage();
  await signIn(here, "l1.ben");
  const there = await context.newPage();
  await there.goto("/");
  await expect(there.getByRole("button", { name: "Account: l1.ben" })).toBeVisible();
  await here.getByRole("button", { name: "Account: l1.ben" }).click();
  await here.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(here).toHaveURL(/\/sign-in/);
  await expect(there).toHaveURL(/\/sign-in/);
  await there.goto("/");
  await expect(there).toHaveURL(/\/sign-in/);
});

test("a session that ends asks for the password over the page and loses nothing", async ({
  page,
}) => {
  const task = await newTask(uniqueTitle("Interrupted"));
  await signIn(page, task.holder);
  await page.goto(`/tasks/${task.task_id}`);
  const field = page.getByRole("textbox", { name: "Write a reply" });
  await field.fill("half a sentence");
  await page.context().clearCookies();
  await page.route("**/workflow/**", (route) =>
    route.fulfill({
      status: 401,
      json: { error: "Expired.", code: "TOKEN_EXPIRED" },
    }),
  );
  await page.getByRole("button", { name: "Start work" }).click();
  const dialog = page.getByRole("dialog", { name: "Your session has expired" });
  await expect(dialog).toBeVisible();
  await page.unroute("**/workflow/**");
  await dialog.getByLabel("Password", { exact: true }).fill(status.password);
  await dialog.getByRole("button", { name: "Sign in" }).click();
  await expect(dialog).toBeHidden();
  await expect(field).toHaveValue("half a sentence");
  await page.getByRole("button", { name: "Start work" }).click();
  await expect(page.getByText("In progress").first()).toBeVisible();
});
