import { useCallback } from "react";
import { useClock } from "@/shared/lib/clock";
import { t } from "@/shared/lib/i18n";
import { slaView, type Deadline, type SlaView } from "@/shared/lib/sla";
import { exactTime } from "@/shared/lib/time";
import { Icon } from "./Icon";
import classes from "./SlaChip.module.css";

interface Props extends Deadline {
  /** Which clock this is, when more than one stands side by side. */
  name?: string;
}

/** A deadline that counts down by itself; colour is never its only message. */
export function SlaChip({ name, dueAt, since, state, status }: Props) {
  const read = useCallback(
    (now: number) => JSON.stringify(slaView({ dueAt, since, state, status }, now)),
    [dueAt, since, state, status],
  );
  const view = JSON.parse(useClock(read)) as SlaView;
  const text = view.text === "" ? t(view.label) : view.text;
  const due = dueAt === null ? undefined : t("sla.due", { time: exactTime(dueAt) });
  return (
    <span className={classes.chip} data-tone={view.tone} title={due}>
      {view.tone !== "calm" && <Icon name={view.tone === "ok" ? "clock" : "alert"} size={12} />}
      {name !== undefined && <span className={classes.name}>{name}</span>}
      <span aria-hidden>{text}</span>
      <span className={classes.spoken}>{t(view.label, { span: view.text.replace("−", "") })}</span>
    </span>
  );
}
