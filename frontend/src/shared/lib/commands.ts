/** One registry of commands feeds the palette, the shortcuts and the help sheet. */
import { useEffect, useRef } from "react";
import { observable, useObservable } from "./observable";
import type { TextKey } from "./i18n";

export interface Command {
  id: string;
  title: TextKey;
  group: TextKey;
  /** `j`, `g q`, `mod+k`; `mod` is Ctrl, or Command on a Mac. */
  keys?: string;
  /** More than one way to say it, or something that the palette should not list. */
  hidden?: boolean;
  /** Also while typing in a field. */
  whileTyping?: boolean;
  run: () => void;
}

const groups = observable<readonly (readonly Command[])[]>([]);

/** Offer commands for as long as the component is shown; the newest wins a shared shortcut. */
export function useCommands(commands: readonly Command[]): void {
  const latest = useRef(commands);
  useEffect(() => {
    latest.current = commands;
  });
  const shape = commands.map((command) => command.id).join(" ");
  useEffect(() => {
    const offered = latest.current.map((command) => ({
      ...command,
      run: () => latest.current.find((each) => each.id === command.id)?.run(),
    }));
    groups.set([...groups.get(), offered]);
    return () => groups.set(groups.get().filter((group) => group !== offered));
  }, [shape]);
}

export function useAllCommands(): readonly Command[] {
  return useObservable(groups).flat();
}

export const allCommands = (): readonly Command[] => groups.get().flat();
