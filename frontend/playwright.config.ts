/** Browser tests against a running system; its addresses come from `scripts/status --json`. */
import { defineConfig } from "@playwright/test";
import { status } from "../tests/e2e/status";

export default defineConfig({
  testDir: "../tests/e2e",
  outputDir: "test-results",
  fullyParallel: false,
  workers: 1,
  // Journeys of several people on a busy machine; this only ends what hangs.
  timeout: 120_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  retries: 0,
  reporter: "list",
  use: {
    baseURL: status.gateway,
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
