import type { ReactNode } from "react";
import { t } from "@/shared/lib/i18n";
import classes from "./Admin.module.css";

type Tone = "ok" | "calm" | "warn" | "late";

/** One word about the state of a row. */
export function Mark({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={classes.mark} data-tone={tone}>
      {children}
    </span>
  );
}

/** Short words side by side: roles, scopes. */
export function Tags({ words }: { words: readonly string[] }) {
  return (
    <span className={classes.tags}>
      {words.map((word) => (
        <span key={word} className={classes.tag}>
          {word}
        </span>
      ))}
    </span>
  );
}

/** Whether an account is open. */
export function StateMark({ isActive }: { isActive: boolean }) {
  return isActive ? (
    <Mark tone="ok">{t("admin.people.active")}</Mark>
  ) : (
    <Mark tone="calm">{t("admin.people.inactive")}</Mark>
  );
}

/** Whether a membership grants anything. */
export function MembershipMark({ isActive }: { isActive: boolean }) {
  return isActive ? (
    <Mark tone="ok">{t("admin.members.active")}</Mark>
  ) : (
    <Mark tone="warn">{t("admin.members.suspendedMark")}</Mark>
  );
}
