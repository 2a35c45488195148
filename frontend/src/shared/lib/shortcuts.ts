/** From key presses to commands: single keys, `mod+k`, and sequences such as `g q`. */
import type { Command } from "./commands";

const SEQUENCE_MS = 900;

export interface Press {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

function nameOf(press: Press): string | null {
  if (press.altKey) return null;
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  return press.ctrlKey || press.metaKey ? `mod+${key}` : key;
}

export class Shortcuts {
  private pending: { key: string; until: number } | null = null;

  constructor(private readonly commands: () => readonly Command[]) {}

  /** The command that this key completes, or null. `at` in milliseconds. */
  press(press: Press, typing: boolean, at: number): Command | null {
    const key = nameOf(press);
    if (key === null) return null;
    const before = this.pending !== null && this.pending.until > at ? this.pending.key : null;
    this.pending = null;
    const usable = this.commands().filter((command) => !typing || command.whileTyping === true);
    const found =
      (before !== null && last(usable, `${before} ${key}`)) || last(usable, key) || null;
    if (found === null && usable.some((command) => command.keys?.startsWith(`${key} `))) {
      this.pending = { key, until: at + SEQUENCE_MS };
    }
    return found;
  }
}

function last(commands: readonly Command[], keys: string): Command | null {
  return commands.findLast((command) => command.keys === keys) ?? null;
}

export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  return ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName);
}
