import { serverNow } from "@/shared/lib/clock";
import { t } from "@/shared/lib/i18n";
import { shortTime } from "@/shared/lib/time";
import { Banner } from "@/shared/ui/Banner";
import type { Conflict } from "../model/conflict";
import { actorOf, historyText } from "../model/history";

/** Who changed what meanwhile; the page below already shows the task as it is now. */
export function ConflictBanner({ conflict }: { conflict: Conflict }) {
  const { by } = conflict;
  const what =
    by === null
      ? t("action.conflictUnknown")
      : t("action.conflictBy", {
          who: actorOf(by),
          what: historyText(by),
          when: shortTime(by.at, serverNow()),
        });
  return (
    <Banner tone="warn">
      <strong>{t("action.conflict")}</strong> {what} {t("action.conflictHint")}
    </Banner>
  );
}
