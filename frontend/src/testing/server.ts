import { setupServer } from "msw/node";

/** Answers in place of the gateway; each test says what. */
export const server = setupServer();
