/** The moments in which an interface is lost or kept: no network, a broken server, the way back. */
import { expect, test } from "../../frontend/playwright";
import { newTask, signIn, uniqueTitle } from "./support";

const LISTS = /\/workflow\/tasks\/\?/;

test("without a network the page says so, does nothing behind one's back, and recovers", async ({
  page,
}) => {
  const task = await newTask(uniqueTitle("No network"));
  await signIn(page, task.holder);
  await page.goto(`/tasks/${task.task_id}`);
  const start = page.getByRole("button", { name: "Start work" });
  const field = page.getByRole("textbox", { name: "Write a reply" });
  await expect(start).toBeVisible();

  await page.context().setOffline(true);
  await expect(page.getByText("Offline", { exact: true })).toBeVisible();
  await expect(page.getByText("Live updates are paused. Reconnecting…")).toBeVisible();
  await start.click();
  await expect(page.getByText(/Action failed: Can’t reach the server/)).toBeVisible();
  await field.fill("typed in a tunnel");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText(/Couldn’t send: Can’t reach the server/)).toBeVisible();

  await page.context().setOffline(false);
  await expect(page.getByText("Offline", { exact: true })).toBeHidden();
  await expect(page.getByText("Live updates are paused. Reconnecting…")).toBeHidden();
  await expect(field).toHaveValue("typed in a tunnel");
  await expect(start).toBeVisible();
  await page.getByRole("button", { name: "Send reply" }).click();
  const activity = page.getByRole("list", { name: "Activity" });
  await expect(activity.getByText("typed in a tunnel")).toHaveCount(1);
  await start.click();
  await expect(page.getByText("Done: Start work")).toBeVisible();
});

test("a list that the server cannot give is said, and comes as soon as it can", async ({
  page,
}) => {
  const task = await newTask(uniqueTitle("Server away"));
  await signIn(page, task.holder);
  const broken = {
    status: 503,
    contentType: "text/html",
    body: "<html>Service Unavailable</html>",
  };
  await page.route(LISTS, (route) => route.fulfill(broken));
  await page.goto(`/?q=${task.task_id}`);
  const told = page.getByRole("alert");
  await expect(told).toContainText("The server has a problem. Try again in a moment.");
  await page.unroute(LISTS);
  await told.getByRole("button", { name: "Try again" }).click();
  const row = page.getByRole("row").filter({ hasText: task.task_id });
  await expect(row).toBeVisible();

  await page.route(LISTS, (route) => route.fulfill(broken));
  const place = await row.boundingBox();
  const stale = page.getByRole("status").filter({ hasText: "These tickets may be out of date." });
  await expect(stale).toBeVisible({ timeout: 45_000 });
  expect(await row.boundingBox()).toEqual(place);
  await page.unroute(LISTS);
  await expect(stale).toBeHidden({ timeout: 45_000 });
});

test("the way back from a ticket leads to the same view, filters and row", async ({ page }) => {
  const title = uniqueTitle("There and back");
  const tasks = [await newTask(title), await newTask(title)];
  await signIn(page, "admin");
  await page.goto(`/?tab=roles&q=${encodeURIComponent(title)}&priority=high`);
  const list = /\/\?tab=roles&q=[^&]+&priority=high$/;
  await expect(page.getByRole("row").nth(tasks.length)).toBeVisible();
  const chosen = page.locator("[aria-selected=true]");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await expect(chosen).toHaveCount(1);
  const row = String(await chosen.getAttribute("id"));
  const ways = [
    () => page.keyboard.press("u"),
    () => page.getByRole("main").getByRole("link", { name: "Queue" }).click(),
    () => page.goBack(),
  ];
  for (const goBack of ways) {
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/tasks\//);
    await expect(page.getByRole("heading", { name: title })).toBeVisible();
    await goBack();
    await expect(page).toHaveURL(list);
    await expect(page.getByRole("searchbox", { name: "Search" })).toHaveValue(title);
    await expect(chosen).toHaveAttribute("id", row);
    await expect(page.getByRole("grid", { name: "Tickets" })).toBeFocused();
  }
});

test("the keys are where they were when a dialog is closed", async ({ page }) => {
  await signIn(page, "l1.ana");
  const grid = page.getByRole("grid", { name: "Tickets" });
  await expect(grid).toBeVisible();
  await grid.focus();
  for (const key of ["Control+k", "?"]) {
    await page.keyboard.press(key);
    await expect(page.getByRole("dialog")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
    await expect(grid).toBeFocused();
  }
});

test("who is signed in is not asked to sign in", async ({ page }) => {
  await signIn(page, "l1.ana");
  await page.goto("/sign-in?next=%2Fprofile");
  await expect(page.getByRole("heading", { name: "Profile" })).toBeVisible();
});

test("what has not been opened yet opens without a network as well", async ({ page }) => {
  const task = await newTask(uniqueTitle("Fetched ahead"));
  const fetched = ["Palette", "TicketPage"].map((part) =>
    page.waitForResponse(new RegExp(`/assets/${part}-[^/]+\\.js$`)),
  );
  await signIn(page, task.holder);
  // Fetched, and with all that they need.
  for (const part of await Promise.all(fetched)) await page.evaluate(`import("${part.url()}")`);
  await page.context().setOffline(true);
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill(task.task_id);
  await page.keyboard.press("Enter");
  await expect(page.getByText("Couldn’t load the ticket")).toBeVisible();
  await page.context().setOffline(false);
  await expect(page.getByRole("heading", { name: task.title })).toBeVisible();
});

test("another order is asked for by keys, and the list stays in place until it is there", async ({
  page,
}) => {
  const title = uniqueTitle("In order");
  await newTask(title);
  await signIn(page, "admin");
  await page.goto(`/?tab=roles&q=${encodeURIComponent(title)}`);
  const row = page.getByRole("row").filter({ hasText: title });
  await expect(row).toHaveCount(1);
  let answer = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route(/ordering=sla_deadline/, async (route) => {
    await held;
    await route.continue();
  });
  const due = page.getByRole("columnheader", { name: "Due" }).getByRole("button");
  await due.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/sort=due/);
  await expect(page.getByRole("grid", { name: "Tickets" })).toHaveAttribute("aria-busy", "true");
  await expect(row).toHaveCount(1);
  answer();
  await expect(page.getByRole("grid", { name: "Tickets" })).toHaveAttribute("aria-busy", "false");
  await expect(row).toHaveCount(1);
  await expect(due).toBeFocused();
});
