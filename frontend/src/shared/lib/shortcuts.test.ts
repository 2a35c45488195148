import { expect, test } from "vitest";
import type { Command } from "./commands";
import { Shortcuts, type Press } from "./shortcuts";

const command = (id: string, keys: string, over: Partial<Command> = {}): Command => ({
  id,
  keys,
  title: "commands.next",
  group: "commands.list",
  run: () => undefined,
  ...over,
});

const COMMANDS = [
  command("next", "j"),
  command("queue", "g q"),
  command("palette", "mod+k", { whileTyping: true }),
];
const key = (name: string, over: Partial<Press> = {}): Press => ({
  key: name,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...over,
});

const idOf = (found: Command | null) => found?.id ?? null;

test("a key finds its command", () => {
  expect(idOf(new Shortcuts(() => COMMANDS).press(key("j"), false, 0))).toBe("next");
});

test("a sequence needs both keys, soon after each other", () => {
  const shortcuts = new Shortcuts(() => COMMANDS);
  expect(idOf(shortcuts.press(key("g"), false, 0))).toBeNull();
  expect(idOf(shortcuts.press(key("q"), false, 500))).toBe("queue");
  expect(idOf(shortcuts.press(key("g"), false, 1_000))).toBeNull();
  expect(idOf(shortcuts.press(key("q"), false, 3_000))).toBeNull();
});

test("what is typed into a field is text, except where a command says otherwise", () => {
  const shortcuts = new Shortcuts(() => COMMANDS);
  expect(idOf(shortcuts.press(key("j"), true, 0))).toBeNull();
  expect(idOf(shortcuts.press(key("k", { ctrlKey: true }), true, 0))).toBe("palette");
  expect(idOf(shortcuts.press(key("k", { metaKey: true }), true, 0))).toBe("palette");
});

test("the newest command wins a shared key, and Alt belongs to the browser", () => {
  const shortcuts = new Shortcuts(() => [...COMMANDS, command("newer", "j")]);
  expect(idOf(shortcuts.press(key("j"), false, 0))).toBe("newer");
  expect(idOf(shortcuts.press(key("j", { altKey: true }), false, 0))).toBeNull();
});
