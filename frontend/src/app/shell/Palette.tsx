import { useNavigate } from "@tanstack/react-router";
import { useState, type KeyboardEvent } from "react";
import { useAllCommands, type Command } from "@/shared/lib/commands";
import { t } from "@/shared/lib/i18n";
import { Dialog } from "@/shared/ui/Dialog";
import { Keys } from "@/shared/ui/Keys";
import classes from "./Palette.module.css";

interface Choice {
  id: string;
  title: string;
  group: string;
  keys?: string;
  run: () => void;
}

const TASK_NUMBER = /^t?-?(\d{1,12})$/i;

const toChoice = (command: Command): Choice => ({
  id: command.id,
  title: t(command.title),
  group: t(command.group),
  keys: command.keys,
  run: command.run,
});

/** What can be done here comes before what can be done everywhere. */
const ORDER: readonly string[] = ["commands.task", "commands.list", "commands.go"];
function rank({ group }: Command): number {
  const at = ORDER.indexOf(group);
  return at === -1 ? ORDER.length : at;
}

/** Every word typed must occur; so `dark col` finds "Dark colour scheme". */
function matches(choice: Choice, typed: string): boolean {
  const text = `${choice.title} ${choice.group}`.toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function useChoices(typed: string): Choice[] {
  const navigate = useNavigate();
  const commands = useAllCommands().filter((command) => command.hidden !== true);
  const found = commands
    .filter((each) => each.id !== "palette")
    .sort((one, other) => rank(one) - rank(other));
  const listed = found.map(toChoice).filter((choice) => matches(choice, typed));
  const text = typed.trim();
  if (text === "") return listed;
  const searching: Choice = {
    id: "search-tickets",
    title: t("commands.searchFor", { text }),
    group: t("commands.go"),
    run: () => void navigate({ to: "/", search: { tab: "roles", q: text } }),
  };
  const number = TASK_NUMBER.exec(text)?.[1];
  if (number === undefined) return [...listed, searching];
  const taskId = `T-${number}`;
  const open: Choice = {
    id: "open-task",
    title: t("commands.openTask", { task: taskId }),
    group: t("commands.go"),
    run: () => void navigate({ to: "/tasks/$taskId", params: { taskId } }),
  };
  return [open, ...listed, searching];
}

export default function Palette({ onClose }: { onClose: () => void }) {
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const choices = useChoices(typed);
  const active = Math.min(at, choices.length - 1);

  function run(choice: Choice | undefined) {
    if (choice === undefined) return;
    onClose();
    // After the dialog has given the focus back, so that a command may move it.
    setTimeout(choice.run, 0);
  }

  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setAt((active + step + choices.length) % Math.max(choices.length, 1));
    } else if (event.key === "Enter") {
      event.preventDefault();
      run(choices[active]);
    }
  }

  return (
    <Dialog title={t("commands.palette")} onClose={onClose} isBare size={520} yOffset="14vh">
      <input
        className={classes.input}
        role="combobox"
        aria-expanded
        aria-controls="palette-list"
        aria-activedescendant={choices[active] && `palette-${choices[active].id}`}
        aria-label={t("commands.placeholder")}
        placeholder={t("commands.placeholder")}
        value={typed}
        data-autofocus
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul
        className={classes.list}
        id="palette-list"
        role="listbox"
        aria-label={t("commands.palette")}
      >
        {choices.map((choice, index) => (
          <li
            key={choice.id}
            id={`palette-${choice.id}`}
            role="option"
            aria-selected={index === active}
            className={classes.choice}
            onMouseMove={() => setAt(index)}
            onClick={() => run(choice)}
          >
            <span className={classes.title}>{choice.title}</span>
            <span className={classes.group}>{choice.group}</span>
            {choice.keys !== undefined && <Keys keys={choice.keys} />}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
