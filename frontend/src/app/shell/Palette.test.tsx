import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { renderPage } from "@/testing/page";
import Palette from "./Palette";

const palette = () => renderPage(() => <Palette onClose={() => undefined} />, "/x", "/");

test("words that are no command are searched for among the tickets", async () => {
  palette();
  await userEvent.type(await screen.findByRole("combobox"), "paper jam{Enter}");
  expect(await screen.findByText("/")).toBeVisible();
});

test("a number opens its ticket first, and can be searched for as well", async () => {
  palette();
  await userEvent.type(await screen.findByRole("combobox"), "42");
  const titles = screen.getAllByRole("option").map((each) => each.textContent);
  expect(titles[0]).toMatch(/^Open T-42/);
  expect(titles.at(-1)).toMatch(/“42”/);
});
