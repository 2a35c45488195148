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
      await expect(dialog.getByText("chosen", { exact: true })).toBeVisible();
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
      await page.getByLabel(`Choose ${one.task_id}`, { exact: true }).check();
      await page.getByLabel(`Choose ${two.task_id}`, { exact: true }).check();
      const bar = page.getByRole("region", { name: "Chosen tickets" });
      await expect(bar).toContainText("2 chosen");
      await bar.getByLabel("What to do with them").selectOption("Put on hold");
      await bar.getByLabel("Reason").fill("Waiting for a part");
      await expectAccessible(page);
      await bar.getByRole("button", { name: "Apply to all" }).click();
      await expect(bar.getByRole("status")).toContainText("Done with 2 tickets.");

      await page.getByLabel(`Choose ${one.task_id}`, { exact: true }).check();
      await bar.getByLabel("What to do with them").selectOption("Put on hold");
      await bar.getByLabel("Reason").fill("Again");
      await bar.getByRole("button", { name: "Apply to all" }).click();
      await expect(bar.getByRole("listitem")).toContainText(one.task_id);
      await expect(bar).toContainText("1 chosen");
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
  await expect(section.getByRole("status")).toContainText("You are away");
  await expectAccessible(page);
  await section.getByRole("button", { name: "I am back" }).click();
  await expect(section.getByText("You are given work in turn.")).toBeVisible();
});
