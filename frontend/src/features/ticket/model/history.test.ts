import { expect, test } from "vitest";
import { anEntry } from "@/testing/samples";
import { actorOf, historyText } from "./history";

test.each([
  ["transition", "moved the task from Triage to Analysis"],
  ["approve", "approved Triage and moved the task to Analysis"],
  ["reject", "sent the task back from Triage to Analysis"],
])("a step entered by %s reads: %s", (action, text) => {
  const entry = { kind: "step_entered", from_step: "Triage", to_step: "Analysis" };
  expect(historyText(anEntry({ ...entry, details: { action } }))).toBe(text);
});

test("a branch that arrives says from where, and where it waits", () => {
  const entry = anEntry({ kind: "branch_arrived", from_step: "Check", to_step: "Hand over" });
  expect(historyText(entry)).toBe("finished Check and is waiting at Hand over");
});

test("an assignment names the person, and the system where nobody did it", () => {
  const entry = anEntry({ kind: "assigned", user_name: "", details: { username: "l1.cho" } });
  expect(`${actorOf(entry)} ${historyText(entry)}`).toBe("System assigned Triage to l1.cho");
});

test("people are called what they are called today, where that is known", () => {
  const entry = anEntry({
    kind: "assigned",
    user_full_name: "Ben Baker",
    to_user_full_name: "Cho Chang",
    details: { username: "l1.cho" },
  });
  expect(`${actorOf(entry)} ${historyText(entry)}`).toBe("Ben Baker assigned Triage to Cho Chang");
});

test("a new owner is named", () => {
  const entry = anEntry({ kind: "owner_changed", user_name: "", to_user_full_name: "Cora Diaz" });
  expect(`${actorOf(entry)} ${historyText(entry)}`).toBe(
    "System made Cora Diaz the owner of the ticket",
  );
});

test("a kind that this page does not know yet is still readable", () => {
  expect(historyText(anEntry({ kind: "asset_reserved" }))).toBe("asset reserved");
});
