import { expect, test } from "vitest";
import { t, tOr, type TextKey } from "./i18n";
import "./texts.work";

test("a sentence is found by its key, with what is put into it", () => {
  expect(t("queue.pick", { task: "T-7" })).toBe("Select T-7");
  expect(t("queue.pick", { task: "{{task}} $& <b>" })).toBe("Select {{task}} $& <b>");
});

test("a count chooses between one and many", () => {
  expect(t("queue.end", { count: 1 })).toBe("1 ticket");
  expect(t("queue.end", { count: 0 })).toBe("0 tickets");
  expect(t("queue.end", { count: 21 })).toBe("21 tickets");
});

test("sentences that came later are there, and an unknown key is shown as it is", () => {
  expect(t("ticket.edited")).toBe("edited");
  expect(t("no.such" as TextKey)).toBe("no.such");
});

test("a word that the server chose stands for itself when no sentence is known for it", () => {
  expect(tOr("status.on_hold", "on hold")).toBe("On hold");
  expect(tOr("status.frozen", "frozen")).toBe("frozen");
  expect(tOr("queue.tab", "an object is no sentence")).toBe("an object is no sentence");
});
