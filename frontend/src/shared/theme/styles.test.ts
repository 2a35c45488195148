/** Mantine's styles are imported one by one, so a component can be used without its own. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const STYLES = path.resolve("node_modules/@mantine/core/styles");
/** Components that are made of others. */
const MADE_OF: Record<string, string[]> = {
  Autocomplete: ["Input", "Combobox"],
  Checkbox: ["InlineInput"],
  FileInput: ["Input"],
  Modal: ["ModalBase"],
  MultiSelect: ["Input", "Combobox", "Pill", "PillsInput"],
  NativeSelect: ["Input"],
  NumberInput: ["Input"],
  PasswordInput: ["Input", "ActionIcon"],
  Radio: ["InlineInput"],
  SegmentedControl: ["FloatingIndicator"],
  Select: ["Input", "Combobox", "CloseButton"],
  Switch: ["InlineInput"],
  TagsInput: ["Input", "Combobox", "Pill", "PillsInput"],
  Textarea: ["Input"],
  TextInput: ["Input"],
};

function used(): Set<string> {
  const names = new Set<string>();
  const files = readdirSync("src", { recursive: true, encoding: "utf8" });
  for (const file of files.filter((each) => /\.tsx?$/.test(each))) {
    const text = readFileSync(path.join("src", file), "utf8");
    for (const [, list = ""] of text.matchAll(/import \{([^}]*)\} from "@mantine\/core"/g)) {
      list.split(",").forEach((name) => names.add(name.trim()));
    }
  }
  return names;
}

test("every Mantine component that is used has its styles", () => {
  const imported = readFileSync("src/shared/theme/styles.ts", "utf8");
  const wanted = [...used()].flatMap((name) => [name, ...(MADE_OF[name] ?? [])]);
  const missing = [...new Set(wanted)].filter(
    (name) =>
      existsSync(path.join(STYLES, `${name}.layer.css`)) &&
      !imported.includes(`/${name}.layer.css`),
  );
  expect(missing).toEqual([]);
});
