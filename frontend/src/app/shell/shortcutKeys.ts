import { useEffect } from "react";
import { allCommands } from "@/shared/lib/commands";
import { observable } from "@/shared/lib/observable";
import { isTyping, Shortcuts } from "@/shared/lib/shortcuts";
import { storage } from "@/shared/lib/storage";

const KEY = "tts.shortcuts";

/** Single keys can be switched off (WCAG 2.1.4); combinations with Ctrl always work. */
export const singleKeys = observable(storage.read(KEY) !== "off");

export function setSingleKeys(on: boolean): void {
  storage.write(KEY, on ? "on" : "off");
  singleKeys.set(on);
}

/** A dialog or a menu owns the keyboard while it is open. */
function isCovered(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("[role=dialog], [role=menu]") !== null;
}

export function useShortcutKeys(): void {
  useEffect(() => {
    const shortcuts = new Shortcuts(allCommands);
    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented || isCovered(event.target)) return;
      const withModifier = event.ctrlKey || event.metaKey;
      if (!withModifier && !singleKeys.get()) return;
      const command = shortcuts.press(event, isTyping(event.target), event.timeStamp);
      if (command === null) return;
      event.preventDefault();
      command.run();
    }
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}
