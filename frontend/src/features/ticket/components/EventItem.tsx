import { memo } from "react";
import type { HistoryEntry } from "@/shared/api/types";
import { serverNow } from "@/shared/lib/clock";
import { exactTime, shortTime } from "@/shared/lib/time";
import { actorOf, historyText } from "../model/history";
import classes from "./Timeline.module.css";

interface Props {
  entry: HistoryEntry;
  /** The line before has quoted the same words already. */
  isSaid: boolean;
}

function EventItemInner({ entry, isSaid }: Props) {
  return (
    <li className={classes.event}>
      <span className={classes.knot} />
      <span className={classes.eventText}>
        <strong>{actorOf(entry)}</strong> {historyText(entry)}
        {entry.notes !== "" && !isSaid && (
          <q className={classes.quote} dir="auto">
            {entry.notes}
          </q>
        )}
      </span>
      <time dateTime={entry.at} title={exactTime(entry.at)}>
        {shortTime(entry.at, serverNow())}
      </time>
    </li>
  );
}

export const EventItem = memo(EventItemInner);
