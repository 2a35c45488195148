import { MutationObserver, onlineManager } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ApiError, UNREACHABLE } from "./errors";
import { queryClient } from "./queryClient";

const unreachable = () => Promise.reject(new ApiError(0, UNREACHABLE, "Failed to fetch"));

beforeEach(() => onlineManager.setOnline(false));
afterEach(() => {
  onlineManager.setOnline(true);
  queryClient.clear();
});

test("an act without a network fails at once, and is not done later by itself", async () => {
  const send = vi.fn(unreachable);
  const act = new MutationObserver(queryClient, { mutationFn: send });
  await expect(act.mutate()).rejects.toMatchObject({ code: UNREACHABLE });
  onlineManager.setOnline(true);
  expect(send).toHaveBeenCalledOnce();
  expect(act.getCurrentResult().isPaused).toBe(false);
});

test("a list without a network says so rather than load for ever", async () => {
  const list = queryClient.query({ queryKey: ["list"], queryFn: unreachable, retry: false });
  await expect(list).rejects.toMatchObject({ code: UNREACHABLE });
});
