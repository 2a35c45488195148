/** Every page of administration is accessible, light and dark, wide and narrow. */
import { expect, test } from "../../frontend/playwright";
import { expectAccessible, expectNoSideways, signIn } from "./support";

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
          ["people", "Add person"],
          ["people/3", "Deactivate"],
          ["members", "Add member"],
          ["roles", "New role"],
          ["roles", "Edit Admin"],
          ["invitations", "Invite person"],
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
