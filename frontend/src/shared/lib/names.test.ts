import { expect, test } from "vitest";
import { fullName } from "./names";

test.each([
  ["Ana", "Alvarez", "Ana Alvarez"],
  ["", "Alvarez", "Alvarez"],
  ["", "", "l1.ana"],
])("first name %j and last name %j are shown as %s", (first_name, last_name, shown) => {
  expect(fullName({ username: "l1.ana", first_name, last_name })).toBe(shown);
});
