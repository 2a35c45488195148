import { Loader } from "@mantine/core";
import type { components } from "@/shared/api/generated/workflow";
import { t, tOr } from "@/shared/lib/i18n";
import "@/shared/lib/texts.work";
import { Avatar } from "@/shared/ui/Avatar";
import { Dialog } from "@/shared/ui/Dialog";
import { Problem } from "@/shared/ui/Problem";
import { useWhy } from "../api/task";
import classes from "./Why.module.css";

type Why = components["schemas"]["WhyOut"];
type Considered = components["schemas"]["ConsideredOut"];

interface Props {
  title: string;
  taskId: string;
  assignmentId: number;
  onClose: () => void;
}

/** The decision as it was kept: who was looked at, who was skipped, and why this one. */
export default function WhyDialog({ title, taskId, assignmentId, onClose }: Props) {
  const why = useWhy(taskId, assignmentId);
  return (
    <Dialog title={title} onClose={onClose}>
      {why.isPending && <Loader size="sm" aria-label={t("common.loading")} />}
      <Problem error={why.error} />
      {why.data !== undefined && <Decision why={why.data} />}
    </Dialog>
  );
}

function Decision({ why }: { why: Why }) {
  return (
    <div className={classes.why}>
      <p className={classes.sentence}>{why.sentence}</p>
      {why.strategy !== "" && (
        <p className={classes.how}>
          {t("why.strategy")}: {tOr(`why.by.${why.strategy}`, why.strategy.replaceAll("_", " "))}
        </p>
      )}
      {why.candidates.length > 0 && (
        <ol className={classes.candidates} aria-label={t("why.candidates")}>
          {why.candidates.map((each) => (
            <Candidate key={each.user_id} each={each} />
          ))}
        </ol>
      )}
    </div>
  );
}

function Candidate({ each }: { each: Considered }) {
  return (
    <li data-chosen={each.is_chosen || undefined} data-skipped={each.skip !== "" || undefined}>
      <Avatar name={each.user_name} size={20} />
      <span className={classes.reason}>{each.reason}</span>
      {each.is_chosen && <span className={classes.mark}>{t("why.chosen")}</span>}
      {each.skip !== "" && <span className={classes.skip}>{t("why.skipped")}</span>}
    </li>
  );
}
