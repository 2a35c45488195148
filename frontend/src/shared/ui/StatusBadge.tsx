import { tOr } from "@/shared/lib/i18n";
import classes from "./StatusBadge.module.css";

export function StatusBadge({ status }: { status: string }) {
  return (
    <span className={classes.badge} data-status={status}>
      <span className={classes.ring} />
      {tOr(`status.${status}`, status)}
    </span>
  );
}
