import { delay, http, HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";
import { server } from "@/testing/server";
import { accessToken } from "@/testing/token";
import { bodyOf, notification } from "./client";
import { session } from "./session";

const LIST = "*/notification/api/v2/notifications/inapp/";
const call = () => bodyOf(notification.GET("/api/v2/notifications/inapp/"));

beforeEach(async () => {
  let n = 0;
  server.use(
    http.post("*/auth/login/", () => HttpResponse.json({ access: accessToken({ n: 0 }) })),
    http.post("*/auth/token/refresh/", ({ request }) => {
      expect(request.headers.get("X-Requested-With")).toBe("tts");
      n += 1;
      return HttpResponse.json({ access: accessToken({ n }) });
    }),
  );
  await session.signIn({ username: "l1.ana", password: "secret" });
});

test("a refused token is replaced and the request sent once more", async () => {
  const seen: (string | null)[] = [];
  server.use(
    http.get(LIST, ({ request }) => {
      seen.push(request.headers.get("Authorization"));
      return seen.length === 1
        ? HttpResponse.json({ error: "Expired.", code: "TOKEN_EXPIRED" }, { status: 401 })
        : HttpResponse.json({ unread_count: 4, results: [] });
    }),
  );
  await expect(call()).resolves.toMatchObject({ unread_count: 4 });
  expect(new Set(seen).size).toBe(2);
});

test("an error carries the server's sentence, code, faults and waiting time", async () => {
  server.use(
    http.get(LIST, () =>
      HttpResponse.json(
        {
          error: "Too many.",
          code: "RATE_LIMIT_EXCEEDED",
          details: { errors: { page: ["Too far."] } },
        },
        { status: 429, headers: { "Retry-After": "30" } },
      ),
    ),
  );
  await expect(call()).rejects.toMatchObject({
    status: 429,
    code: "RATE_LIMIT_EXCEEDED",
    message: "Too many.",
    fields: { page: ["Too far."] },
    retryAfterSeconds: 30,
  });
});

test("an answer that is no JSON is an error with its status, not a crash", async () => {
  server.use(http.get(LIST, () => new HttpResponse("<h1>Bad gateway</h1>", { status: 502 })));
  await expect(call()).rejects.toMatchObject({ status: 502, code: "HTTP_502" });
});

test("an answer that does not come is waited for a minute, and then none came", async () => {
  const minute = new AbortController();
  const timeout = vi.spyOn(AbortSignal, "timeout").mockReturnValue(minute.signal);
  server.use(
    http.get(LIST, async () => {
      minute.abort(new DOMException("60 s are over", "TimeoutError"));
      await delay("infinite");
    }),
  );
  await expect(call()).rejects.toMatchObject({ status: 0, code: "UNREACHABLE" });
  expect(timeout).toHaveBeenCalledWith(60_000);
  timeout.mockRestore();
});

test("no answer at all is told from a refusal", async () => {
  server.use(http.get(LIST, () => HttpResponse.error()));
  await expect(call()).rejects.toMatchObject({ status: 0, code: "UNREACHABLE" });
});
