import { expect, test } from "vitest";
import { readMembers } from "../members/search";
import { isFiltered, queryOf, readPeople } from "./search";

test("an address says who is shown, also where the router made numbers of words", () => {
  const search = readPeople({ q: 42, state: "inactive", system: "tts", role: 5, page: "3" });
  expect(search).toEqual({ q: "42", state: "inactive", system: "tts", role: "5", page: 3 });
  expect(queryOf(search)).toEqual({
    search: "42",
    is_active: false,
    system: "tts",
    role_id: 5,
    page: 3,
  });
  expect(readMembers({ role: 8, system: "ams" })).toEqual({ role: "8", system: "ams" });
});

test("what an address misspells is left out", () => {
  const search = readPeople({ q: " ", state: "asleep", role: "x", page: -1, more: 1 });
  expect(search).toEqual({});
  expect(isFiltered(search)).toBe(false);
  expect(isFiltered({ page: 2 })).toBe(false);
});
