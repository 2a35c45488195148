import { http, HttpResponse } from "msw";
import { beforeEach, expect, test, vi } from "vitest";
import { server } from "@/testing/server";
import { accessToken } from "@/testing/token";
import { auth, bodyOf } from "./client";
import { isGivenUp } from "./errors";
import { reauthentication } from "./reauthentication";
import { session } from "./session";

const KEYS = "*/auth/api/v1/api-keys/";
const REFUSED = { error: "Enter your password once more.", code: "REAUTHENTICATION_REQUIRED" };
const body = { name: "backup", scopes: ["tickets:read"] } as never;

/** An act that is refused as often as it is tried before the password was shown. */
function dangerous() {
  const seen: unknown[] = [];
  let isOpen = false;
  server.use(
    http.post(KEYS, async ({ request }) => {
      seen.push(await request.json());
      return isOpen
        ? HttpResponse.json({ id: 1 }, { status: 201 })
        : HttpResponse.json(REFUSED, { status: 403 });
    }),
  );
  return { seen, allow: () => (isOpen = true) };
}

const asked = () => vi.waitFor(() => expect(reauthentication.isAsked.get()).toBe(true));
const make = () => bodyOf(auth.POST("/api/v1/api-keys/", { body }));

beforeEach(async () => {
  server.use(http.post("*/auth/login/", () => HttpResponse.json({ access: accessToken() })));
  await session.signIn({ username: "admin", password: "secret" });
});

test("after the password was shown the same request goes out once more", async () => {
  const act = dangerous();
  const done = make();
  await asked();
  act.allow();
  reauthentication.answer(true);
  await expect(done).resolves.toMatchObject({ id: 1 });
  expect(act.seen).toEqual([body, body]);
  expect(reauthentication.isAsked.get()).toBe(false);
});

test("who leaves the dialog gets the refusal, and nothing is repeated", async () => {
  const act = dangerous();
  const refusal = make().catch((error: unknown) => error);
  await asked();
  reauthentication.answer(false);
  expect(isGivenUp(await refusal)).toBe(true);
  expect(act.seen).toHaveLength(1);
});

test("an act that is refused again is not asked about for ever", async () => {
  const act = dangerous();
  const refusal = make().catch((error: unknown) => error);
  await asked();
  reauthentication.answer(true);
  expect(isGivenUp(await refusal)).toBe(true);
  expect(act.seen).toHaveLength(2);
});

test("several acts at once are asked about once", async () => {
  const act = dangerous();
  const both = Promise.all([make(), make()]);
  await asked();
  await vi.waitFor(() => expect(act.seen).toHaveLength(2));
  await new Promise((resolve) => setTimeout(resolve, 20));
  act.allow();
  reauthentication.answer(true);
  await expect(both).resolves.toHaveLength(2);
});
