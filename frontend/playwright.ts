/** Playwright for tests/e2e, which lies outside this folder and therefore outside its node_modules. */
// eslint-disable-next-line no-restricted-syntax -- the one door for files that cannot resolve it
export { expect, request, test } from "@playwright/test";
// eslint-disable-next-line no-restricted-syntax -- as above
export type { APIRequestContext, Browser, Locator, Page } from "@playwright/test";
