import type { HistoryEntry } from "@/shared/api/types";
import { t, tOr } from "@/shared/lib/i18n";
import "@/shared/lib/texts.work";

function detail(entry: HistoryEntry, name: string): string {
  const value = entry.details[name];
  return typeof value === "string" ? value : "";
}

/** A step is entered by an action, and that is what people want to read. */
const kindOf = (entry: HistoryEntry): string =>
  entry.kind === "step_entered" ? `step_${detail(entry, "action")}` : entry.kind;

/** One line of the history without its subject: `moved it from Triage to Analysis`. */
export function historyText(entry: HistoryEntry): string {
  const known = tOr(`history.${kindOf(entry)}`, "");
  if (known === "") return entry.kind.replaceAll("_", " ");
  return known
    .replace("{{from}}", entry.from_step)
    .replace("{{to}}", entry.to_step)
    .replace("{{who}}", entry.to_user_full_name || detail(entry, "username"))
    .replace("{{role}}", detail(entry, "role"));
}

export const actorOf = (entry: HistoryEntry): string =>
  entry.user_full_name || entry.user_name || t("common.system");
