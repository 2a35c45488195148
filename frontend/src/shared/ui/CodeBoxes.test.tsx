import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { renderPart } from "@/testing/render";
import { CodeBoxes } from "./CodeBoxes";

function boxes() {
  const onFull = vi.fn();
  const { container } = renderPart(<CodeBoxes name="code" label="Code" onFull={onFull} />);
  const shown = () => [...container.querySelectorAll("[aria-hidden] > span")];
  return {
    onFull,
    field: screen.getByLabelText("Code"),
    shown: () => shown().map((box) => box.textContent),
    active: () => shown().findIndex((box) => box.hasAttribute("data-active")),
  };
}

test("typing fills one box after the other and says when the last is full", async () => {
  const { field, shown, active, onFull } = boxes();
  await userEvent.type(field, "12");
  expect(shown()).toEqual(["1", "2", "", "", "", ""]);
  expect(active()).toBe(2);
  await userEvent.type(field, "3456");
  await vi.waitFor(() => expect(onFull).toHaveBeenCalledOnce());
});

test("a pasted code fills all boxes, blanks and all", async () => {
  const { field, shown, onFull } = boxes();
  await userEvent.type(field, "98");
  await userEvent.paste("123 456");
  expect(shown().join("")).toBe("123456");
  await vi.waitFor(() => expect(onFull).toHaveBeenCalledOnce());
});

test("arrows choose a digit, which typing replaces and backspace takes away", async () => {
  const { field, shown, active } = boxes();
  await userEvent.type(field, "1234");
  await userEvent.keyboard("{ArrowLeft}{ArrowLeft}");
  expect(active()).toBe(2);
  await userEvent.keyboard("9");
  expect(shown().join("")).toBe("1294");
  await userEvent.keyboard("{ArrowRight}{Backspace}");
  expect(shown().join("")).toBe("129");
});

test("letters are no digits", async () => {
  const { field, shown } = boxes();
  await userEvent.type(field, "1a2b");
  expect(shown().join("")).toBe("12");
});

test("it is one field with one label, which a password manager may fill", () => {
  const { field } = boxes();
  expect(screen.getAllByRole("textbox")).toHaveLength(1);
  expect(field).toHaveAttribute("autocomplete", "one-time-code");
});
