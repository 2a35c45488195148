import type { TaskDetail } from "@/shared/api/types";
import { t, tOr } from "@/shared/lib/i18n";
import "@/shared/lib/texts.work";
import { Avatar } from "@/shared/ui/Avatar";
import classes from "./Branches.module.css";

type Waited = NonNullable<TaskDetail["join"]>["waits_for"][number];

const waited = ({ step_name: step, name }: Waited): string =>
  name === "" ? step : `${step} (${name})`;

/** The ways that a split task goes at once, and what their meeting point still waits for. */
export function Branches({ task }: { task: TaskDetail }) {
  const { branches, join } = task;
  if (branches.length === 0) return null;
  return (
    <section>
      <h2>{t("branch.title")}</h2>
      <ul className={classes.branches}>
        {branches.map((each) => {
          const who = each.assigned_user_name ?? "";
          return (
            <li key={each.branch} data-status={each.status}>
              <span className={classes.step}>{each.step_name}</span>
              <span className={classes.state}>
                {tOr(`branch.${each.status}`, each.status.replaceAll("_", " "))}
              </span>
              <span className={classes.who}>
                {who !== "" && <Avatar name={who} size={16} />}
                {who === "" ? each.role : `${who} · ${each.role}`}
              </span>
            </li>
          );
        })}
      </ul>
      {join !== null && (
        <p className={classes.join}>
          {t("branch.join", { name: join.name, arrived: join.arrived, needed: join.needed })}{" "}
          {join.waits_for.length > 0 &&
            t("branch.waits", {
              names: join.waits_for.map(waited).join(", "),
            })}
        </p>
      )}
    </section>
  );
}
