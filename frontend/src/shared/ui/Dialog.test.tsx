import { Menu } from "@mantine/core";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test, vi } from "vitest";
import { renderPart } from "@/testing/render";
import { Dialog } from "./Dialog";
import { useMenuFocus } from "./menuFocus";

function Page() {
  const [isOpen, setOpen] = useState(false);
  const focus = useMenuFocus();
  return (
    <>
      <button onClick={() => setOpen(true)}>Ask</button>
      <Menu {...focus.menu}>
        <Menu.Target>
          <button>More</button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={focus.choose(() => setOpen(true))}>Ask as well</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isOpen && (
        <Dialog title="Sure?" onClose={() => setOpen(false)}>
          <input aria-label="Why" data-autofocus />
        </Dialog>
      )}
    </>
  );
}

const focused = (name: string) =>
  vi.waitFor(() => expect(screen.getByRole("button", { name })).toHaveFocus());

test("a dialog that is closed gives the focus back to where it was", async () => {
  renderPart(<Page />);
  await userEvent.click(screen.getByRole("button", { name: "Ask" }));
  await vi.waitFor(() => expect(screen.getByLabelText("Why")).toHaveFocus());
  await userEvent.keyboard("{Escape}");
  await focused("Ask");
});

test("what a menu opens has the focus, and gives it back to the button of the menu", async () => {
  renderPart(<Page />);
  for (let round = 0; round < 2; round += 1) {
    await userEvent.click(screen.getByRole("button", { name: "More" }));
    await userEvent.click(await screen.findByRole("menuitem", { name: "Ask as well" }));
    await vi.waitFor(() => expect(screen.getByLabelText("Why")).toHaveFocus());
    await userEvent.keyboard("{Escape}");
    await focused("More");
  }
});

test("a menu that is left gives the focus back to its button", async () => {
  renderPart(<Page />);
  await userEvent.click(screen.getByRole("button", { name: "More" }));
  await screen.findByRole("menuitem");
  await userEvent.keyboard("{Escape}");
  await focused("More");
});
