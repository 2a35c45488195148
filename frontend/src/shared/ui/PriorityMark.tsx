import { tOr } from "@/shared/lib/i18n";
import classes from "./PriorityMark.module.css";

/** Dot and word: the colour helps, the word tells. */
export function PriorityMark({ priority }: { priority: string }) {
  return (
    <span className={classes.mark} data-priority={priority}>
      <span className={classes.dot} />
      {tOr(`priority.${priority}`, priority)}
    </span>
  );
}
