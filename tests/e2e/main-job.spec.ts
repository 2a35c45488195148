import { expect, test } from "../../frontend/playwright";
import { browserOf, detailOf, newTask, signIn, uniqueTitle } from "./support";

test("an agent gets a ticket, works it with others live, and passes it on", async ({
  page,
  browser,
}) => {
  const task = await newTask(uniqueTitle("Main job"));

  await test.step("it is in the queue, with a deadline", async () => {
    await signIn(page, task.holder);
    await page.getByRole("searchbox", { name: "Search" }).fill(task.title);
    const row = page.getByRole("row").filter({ hasText: task.task_id });
    await expect(row).toContainText("High");
    await expect(row).toContainText("left");
  });

  await test.step("the bell tells of it and leads to it", async () => {
    await page.getByRole("button", { name: /^Notifications, \d+\+? unread/ }).click();
    const panel = page.getByRole("dialog", { name: "Notifications" });
    await panel.locator(`a[href="/tasks/${task.task_id}"]`).first().click();
    await expect(page.getByRole("heading", { name: task.title })).toBeVisible();
  });

  const watcher = await browserOf(browser, "admin");
  await watcher.goto(`/tasks/${task.task_id}`);
  await expect(watcher.getByRole("heading", { name: task.title })).toBeVisible();

  await test.step("work starts, and another browser sees it", async () => {
    await page.getByRole("button", { name: "Start work" }).click();
    await expect(page.getByText("Done: Start work")).toBeVisible();
    await expect(watcher.getByText("In progress").first()).toBeVisible();
  });

  await test.step("comments are live both ways", async () => {
    await page.getByRole("textbox", { name: "Write a reply" }).fill("Looking into it");
    await page.keyboard.press("Control+Enter");
    await expect(watcher.getByText("Looking into it")).toBeVisible();
    await watcher.getByRole("radio", { name: "Internal note" }).check({ force: true });
    await watcher.getByRole("textbox", { name: "Write a note" }).fill("Channel 36 overlaps");
    await watcher.getByRole("button", { name: "Add note" }).click();
    const note = page.getByRole("listitem").filter({ hasText: "Channel 36 overlaps" });
    await expect(note).toContainText("Internal note");
  });

  await test.step("the way forward takes it to the next step and its person", async () => {
    const { available_actions: actions } = await detailOf(task.holder, task.task_id);
    const forward = actions.find((each) => each.action === "transition");
    if (forward === undefined) throw new Error("the step has no way forward");
    await page.getByRole("button", { name: forward.name, exact: true }).click();
    await expect(page.getByText(`Done: ${forward.name}`)).toBeVisible();
    const details = watcher.getByRole("complementary", { name: "Details" });
    await expect(details.getByText(forward.to_step_name).first()).toBeVisible();
    expect((await detailOf("admin", task.task_id)).current_step_name).toBe(forward.to_step_name);
  });
  await watcher.context().close();
});

test("a comment written while the line was cut arrives when it is back", async ({
  page,
  browser,
}) => {
  const task = await newTask(uniqueTitle("Cut off"));
  await signIn(page, task.holder);
  await page.goto(`/tasks/${task.task_id}`);
  const other = await browserOf(browser, "admin");
  await other.goto(`/tasks/${task.task_id}`);
  await other.getByRole("textbox", { name: "Write a reply" }).fill("first");
  await other.keyboard.press("Control+Enter");
  await expect(page.getByText("first", { exact: true })).toBeVisible();

  await page.context().setOffline(true);
  await other.getByRole("textbox", { name: "Write a reply" }).fill("while you were away");
  await other.keyboard.press("Control+Enter");
  const written = other.getByRole("list", { name: "Activity" }).getByText("while you were away");
  await expect(written).toBeVisible();
  await page.context().setOffline(false);
  await expect(page.getByText("while you were away")).toBeVisible({
    timeout: 45_000,
  });
  await other.context().close();
});

test("who is slower sees what the faster one did", async ({ page, browser }) => {
  const task = await newTask(uniqueTitle("Race"));
  await signIn(page, task.holder);
  await page.goto(`/tasks/${task.task_id}`);
  await expect(page.getByRole("button", { name: "Start work" })).toBeVisible();
  // This browser is told nothing more until it acts, as if its line were slow.
  const reads = /\/workflow\/tasks\/T-\d+\/$/;
  await page.route(reads, (route) => route.abort());
  await page.route(/\/start\/$/, async (route) => {
    await page.unroute(reads);
    await route.continue();
  });
  const admin = await browserOf(browser, "admin");
  await admin.goto(`/tasks/${task.task_id}`);
  await admin.getByRole("button", { name: "Start work" }).click();
  await expect(admin.getByText("Done: Start work")).toBeVisible();

  await page.getByRole("button", { name: "Start work" }).click();
  const told = page.getByRole("status").filter({ hasText: "Your action wasn’t applied." });
  await expect(told).toContainText("Ada Admin started work");
  await expect(page.getByText("In progress").first()).toBeVisible();
  await admin.context().close();
});
