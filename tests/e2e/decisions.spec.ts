import { expect, test } from "../../frontend/playwright";
import { expectAccessible, newTask, signIn, uniqueTitle } from "./support";

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test("why one was given a ticket can be read on it", async ({ page }) => {
      const task = await newTask(uniqueTitle("Why me"));
      await signIn(page, task.holder);
      await page.goto(`/tasks/${task.task_id}`);
      await page.getByRole("button", { name: "Why me? Triage" }).first().click();
      const dialog = page.getByRole("dialog", { name: "Why me? Triage" });
      await expect(dialog.getByText(/members of L1 Support were looked at/)).toBeVisible();
      await expect(dialog.getByText("Selected", { exact: true })).toBeVisible();
      await expectAccessible(page);
      await page.keyboard.press("Escape");
      await expect(dialog).toBeHidden();
    });

    test("several tickets are held at once, and what failed is said one by one", async ({
      page,
    }) => {
      const title = uniqueTitle("Together");
      const [one, two] = [await newTask(title), await newTask(title)];
      await signIn(page, "admin");
      await page.goto(`/?tab=roles&q=${encodeURIComponent(title)}`);
      await page.getByLabel(`Select ${one.task_id}`, { exact: true }).check();
      await page.getByLabel(`Select ${two.task_id}`, { exact: true }).check();
      const bar = page.getByRole("region", { name: "Selected tickets" });
      await expect(bar).toContainText("2 selected");
      await bar.getByLabel("Action").selectOption("Put on hold");
      await bar.getByLabel("Reason").fill("Waiting for a part");
      await expectAccessible(page);
      await bar.getByRole("button", { name: "Put on hold" }).click();
      await expect(bar.getByRole("status")).toContainText("2 tickets updated.");

      await page.getByLabel(`Select ${one.task_id}`, { exact: true }).check();
      await bar.getByLabel("Action").selectOption("Put on hold");
      await bar.getByLabel("Reason").fill("Again");
      await bar.getByRole("button", { name: "Put on hold" }).click();
      await expect(bar.getByRole("listitem")).toContainText(one.task_id);
      await expect(bar).toContainText("1 selected");
      await expectAccessible(page);
    });
  });
}

test("who says that they are away is shown so until they are back", async ({ page }) => {
  await signIn(page, "budget.gus");
  await page.goto("/profile");
  const section = page.getByRole("region", { name: "Availability" });
  await section.getByLabel("Away from").fill("2020-01-02T09:00");
  await section.getByRole("button", { name: "Save availability" }).click();
  await expect(section.getByRole("status")).toContainText("You’re away");
  await expectAccessible(page);
  await section.getByRole("button", { name: "I’m back" }).click();
  await expect(section.getByText("You’re available for new assignments.")).toBeVisible();
});
