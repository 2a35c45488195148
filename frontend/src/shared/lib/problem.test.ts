import { expect, test } from "vitest";
import { ApiError, toApiError } from "@/shared/api/errors";
import { problemText } from "./problem";

const answered = (status: number, statusText: string) =>
  toApiError(new Response("<html>", { status, statusText }), null);

test("the server's own sentence is passed on", () => {
  expect(problemText(new ApiError(409, "CONFLICT", "Somebody was faster."))).toBe(
    "Somebody was faster.",
  );
});

test.each([
  [answered(502, "Bad Gateway"), "The server has a problem. Try again in a moment."],
  [answered(503, ""), "The server has a problem. Try again in a moment."],
  [answered(413, "Payload Too Large"), "The server refused this (HTTP 413)."],
  [new ApiError(401, "SIGNED_OUT", "Nobody is signed in."), "Your session has expired."],
  [new TypeError("x is not a function"), "Reload the page. If it happens again, tell"],
])("words of machines are not shown: %s", (error, text) => {
  expect(problemText(error)).toContain(text);
});
