import { fireEvent, screen } from "@testing-library/react";
import { http } from "msw";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { administer, aRole, listOf, SYSTEMS } from "@/testing/admin";
import { renderPart } from "@/testing/render";
import { server } from "@/testing/server";
import { Filters } from "./Filters";

beforeEach(async () => {
  await administer("tts");
  server.use(
    http.get("*/auth/api/v1/systems/", () => listOf(SYSTEMS)),
    http.get("*/auth/api/v1/roles/", () => listOf([aRole()])),
  );
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});

afterEach(() => vi.useRealTimers());

function show() {
  const onChange = vi.fn();
  renderPart(<Filters search={{ state: "active" }} onChange={onChange} />);
  return { onChange, field: screen.getByRole("searchbox") };
}

test("the list is asked for once, after a pause in typing", () => {
  const { onChange, field } = show();
  fireEvent.change(field, { target: { value: "an" } });
  vi.advanceTimersByTime(200);
  fireEvent.change(field, { target: { value: "ana" } });
  vi.advanceTimersByTime(200);
  expect(onChange).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1_000);
  expect(onChange.mock.calls).toEqual([[{ state: "active", q: "ana" }]]);
});

test("whoever goes on to another page is not called back by what they typed", () => {
  const { onChange, field } = show();
  fireEvent.change(field, { target: { value: "ana" } });
  fireEvent.blur(field);
  expect(onChange.mock.calls).toEqual([[{ state: "active", q: "ana" }]]);
  vi.advanceTimersByTime(1_000);
  expect(onChange).toHaveBeenCalledTimes(1);
});
