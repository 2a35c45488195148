import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const SRC = path.resolve(import.meta.dirname, "../..");
const COLOUR = /#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(/i;

const styles = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".css"))
  .filter((file) => path.basename(file) !== "tokens.css");
const tokens = readFileSync(path.join(SRC, "shared/theme/tokens.css"), "utf8");
const defined = new Set([...tokens.matchAll(/(--tts-[\w-]+):/g)].map((match) => match[1]));

test.each(styles)("%s takes its colours from tokens that exist", (file) => {
  const text = readFileSync(path.join(SRC, file), "utf8");
  expect(text).not.toMatch(COLOUR);
  const used = [...text.matchAll(/var\((--tts-[\w-]+)/g)].map((match) => match[1]);
  expect(used.filter((name) => !defined.has(name))).toEqual([]);
});
