import { expect, test, type Page } from "../../frontend/playwright";
import { expectAccessible, expectNoSideways, newTask, signIn, uniqueTitle } from "./support";

let taskId = "";
let holder = "";

test.beforeAll(async () => {
  const task = await newTask(uniqueTitle("Looked at"));
  taskId = task.task_id;
  holder = task.holder;
});

async function openTicket(page: Page): Promise<void> {
  await page.goto(`/tasks/${taskId}`);
  await expect(page.getByRole("textbox", { name: "Write a reply" })).toBeVisible();
}

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1280, 390]) {
    test.describe(`${colorScheme}, ${String(width)} px`, () => {
      test.use({ colorScheme, viewport: { width, height: 800 } });

      test("sign-in is accessible", async ({ page }) => {
        await page.goto("/sign-in");
        await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
        await expectAccessible(page);
        await expectNoSideways(page);
      });

      test("the queue, the bell and the menus are accessible", async ({ page }) => {
        await signIn(page, holder);
        await expect(page.getByRole("grid", { name: "Tickets" })).toBeVisible();
        await expectAccessible(page);
        await expectNoSideways(page);
        await page.getByRole("button", { name: /^Notifications/ }).click();
        await expect(page.getByRole("heading", { name: "Notifications" })).toBeVisible();
        await expectAccessible(page);
        await page.keyboard.press("Escape");
        await page.getByRole("button", { name: /^Account/ }).click();
        await expect(page.getByRole("menuitem", { name: "Sign out" })).toBeVisible();
        await expectAccessible(page);
      });

      test("a ticket, its actions and its composer are accessible", async ({ page }) => {
        await signIn(page, holder);
        await openTicket(page);
        await expectAccessible(page);
        await expectNoSideways(page);
        await page.keyboard.press("n");
        await expect(page.getByRole("textbox", { name: "Write a note" })).toBeFocused();
        await expectAccessible(page);
        await page.getByRole("button", { name: "More" }).click();
        await page.getByRole("menuitem", { name: "Put on hold" }).click();
        await expect(page.getByRole("form", { name: "Put on hold" })).toBeVisible();
        await expectAccessible(page);
      });
    });
  }
}

test("on a phone a row shows its deadline", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await signIn(page, holder);
  await page.goto(`/?q=${taskId}`);
  const row = page.getByRole("row").filter({ hasText: taskId });
  await expect(row.locator("[data-column=sla]")).toBeInViewport();
});

test("the queue is worked by keys alone", async ({ page }) => {
  await signIn(page, holder);
  const grid = page.getByRole("grid", { name: "Tickets" });
  await expect(grid.getByRole("row").nth(1)).toBeVisible();
  await page.keyboard.press("j");
  const chosen = grid.locator("[aria-selected=true]");
  await expect(chosen).toHaveCount(1);
  const first = await chosen.getAttribute("id");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/tasks/${String(first?.replace("row-", ""))}`));
  await page.keyboard.press("u");
  await expect(grid).toBeVisible();
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox")).toBeFocused();
  await page.keyboard.type(taskId);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/tasks/${taskId}`));
});

test("what the dark scheme is set to stays after a reload, without a flash of light", async ({
  page,
}) => {
  await signIn(page, holder);
  await page.getByRole("button", { name: /^Account/ }).click();
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  await page.reload();
  const scheme = page.locator("html");
  await expect(scheme).toHaveAttribute("data-mantine-color-scheme", "dark");
});
