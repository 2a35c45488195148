import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const gateway = process.env["TTS_GATEWAY_URL"] ?? "http://127.0.0.1:1000";
// The services let in pages of the gateway only; what the dev server passes on comes from there.
const proxied = { target: gateway, changeOrigin: true, headers: { Origin: gateway } };
const proxy = {
  "/auth/": proxied,
  "/workflow/": proxied,
  "/messaging/": proxied,
  "/notification/": proxied,
  "/hdts/": proxied,
  "/ws/": { ...proxied, ws: true },
};

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  server: { proxy },
  preview: { proxy },
  build: { target: "es2022", manifest: true, sourcemap: true, assetsInlineLimit: 0 },
  test: {
    environment: "jsdom",
    environmentOptions: { jsdom: { url: "http://localhost:3000" } },
    setupFiles: ["src/testing/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}", "lint/**/*.test.js"],
    restoreMocks: true,
    // Whole pages with dialogs take seconds in jsdom on a busy machine; this only ends what hangs.
    testTimeout: 20_000,
    css: false,
  },
});
