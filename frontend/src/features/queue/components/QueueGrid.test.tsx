import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { renderPage } from "@/testing/page";
import { aTask } from "@/testing/samples";
import { asRows } from "../model/arrange";
import type { Selection } from "../model/useSelection";
import { QueueGrid } from "./QueueGrid";

const nothing = () => undefined;
const NONE: Selection = {
  ids: new Set(),
  tasks: [],
  toggle: nothing,
  toggleAll: nothing,
  choose: nothing,
};

const grid = (onSort: (sort: string) => void) =>
  renderPage(
    () => (
      <QueueGrid
        rows={asRows([aTask()])}
        sort="new"
        onSort={onSort}
        scroller={null}
        onScroller={nothing}
        hasMore={false}
        isLoadingMore={false}
        onEnd={nothing}
        selection={NONE}
        isStale={false}
      />
    ),
    "/",
    "/tasks/$taskId",
  );

test("Enter on a column's button sorts, and opens no ticket", async () => {
  const onSort = vi.fn();
  grid(onSort);
  (await screen.findByRole("button", { name: "Due" })).focus();
  await userEvent.keyboard("{Enter}");
  expect(onSort).toHaveBeenCalledWith("due");
  expect(screen.getByRole("grid")).toBeInTheDocument();
});

test("Enter on the list opens the ticket of its row", async () => {
  grid(vi.fn());
  (await screen.findByRole("grid")).focus();
  await userEvent.keyboard("{Enter}");
  expect(await screen.findByText("/tasks/$taskId")).toBeVisible();
});
