import { Link } from "@tanstack/react-router";
import { t } from "@/shared/lib/i18n";
import { Banner } from "@/shared/ui/Banner";
import { Icon } from "@/shared/ui/Icon";
import type { BulkResult } from "../model/bulk";
import classes from "./Bulk.module.css";

interface Props {
  results: readonly BulkResult[];
  onClose: () => void;
}

/** How many were done, and of each other why not. */
export function BulkReport({ results, onClose }: Props) {
  const failed = results.filter(({ ok }) => !ok);
  const done = results.length - failed.length;
  return (
    <div className={classes.report}>
      <Banner tone={failed.length === 0 ? "ok" : "warn"}>
        {done > 0 && t("bulk.done", { count: done })}{" "}
        {failed.length > 0 && t("bulk.failed", { count: failed.length })}
        {failed.length > 0 && (
          <ul className={classes.failures}>
            {failed.map((each) => (
              <li key={each.task_id}>
                <Link to="/tasks/$taskId" params={{ taskId: each.task_id }}>
                  {each.task_id}
                </Link>{" "}
                {each.error}
              </li>
            ))}
          </ul>
        )}
      </Banner>
      <button
        type="button"
        className={classes.close}
        aria-label={t("common.close")}
        onClick={onClose}
      >
        <Icon name="close" size={14} />
      </button>
    </div>
  );
}
