import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { useCommands } from "@/shared/lib/commands";
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

test("what can be done on the page comes before what can be done everywhere", async () => {
  const run = () => undefined;
  function Page() {
    useCommands([
      { id: "1", title: "commands.help", group: "commands.general", run },
      { id: "2", title: "commands.goQueue", group: "commands.go", run },
      { id: "3", title: "commands.reply", group: "commands.task", run },
    ]);
    return <Palette onClose={run} />;
  }
  renderPage(Page, "/x", "/");
  const titles = (await screen.findAllByRole("option")).map((each) => each.textContent);
  expect(titles).toEqual(["ReplyTicket", "Go to queueGo to", "Keyboard shortcutsGeneral"]);
});
