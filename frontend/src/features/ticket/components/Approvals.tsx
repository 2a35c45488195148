import { useMembers } from "@/shared/api/members";
import { session } from "@/shared/api/session";
import type { TaskDetail } from "@/shared/api/types";
import { serverNow } from "@/shared/lib/clock";
import { t } from "@/shared/lib/i18n";
import { useObservable } from "@/shared/lib/observable";
import { shortTime } from "@/shared/lib/time";
import "@/shared/lib/texts.work";
import { Avatar } from "@/shared/ui/Avatar";
import { Banner } from "@/shared/ui/Banner";
import { useTicketOf } from "../api/task";
import { awaited, barOf, givenTo, wantsApproval, type Bar } from "../model/approval";
import classes from "./Details.module.css";

/** How many have approved, who, and whom the step waits for. */
export function Approvals({ task }: { task: TaskDetail }) {
  return wantsApproval(task) ? <Given task={task} /> : null;
}

function Given({ task }: { task: TaskDetail }) {
  const members = useMembers(task.role_id);
  const waiting = awaited(task, members.data ?? []);
  const given = givenTo(task);
  const needed = task.current_step.approvals_needed;
  return (
    <section>
      <h2>{t("approval.title", { given: given.length, needed })}</h2>
      <ul className={classes.approvals}>
        {given.map((each) => (
          <li key={each.user_id} data-given>
            <Avatar name={each.user_name} size={18} />
            <span>{each.user_name}</span>
            <time dateTime={each.at}>{shortTime(each.at, serverNow())}</time>
          </li>
        ))}
        {waiting.map((each) => (
          <li key={each.user_id}>
            <Avatar name={each.full_name || each.username} size={18} />
            <span>{each.full_name || each.username}</span>
            <span className={classes.who}>
              {t(each.is_absent ? "approval.away" : "approval.awaited")}
            </span>
          </li>
        ))}
      </ul>
      {needed > 1 && waiting.length > 0 && (
        <p className={classes.who}>{t("approval.anyOf", { count: needed - given.length })}</p>
      )}
    </section>
  );
}

const WORDS = {
  given: "approval.barGiven",
  asked: "approval.barAsked",
  previous: "approval.barPrevious",
} as const satisfies Record<Bar, string>;

/** Said before somebody tries in vain: who asked, or did the step before, cannot approve. */
export function ApprovalBar({ task }: { task: TaskDetail }) {
  return wantsApproval(task) ? <Barred task={task} /> : null;
}

function Barred({ task }: { task: TaskDetail }) {
  const { person } = useObservable(session.state);
  const ticket = useTicketOf(task.ticket_id);
  if (person === null) return null;
  const bar = barOf(task, person, ticket.data?.requester_email ?? "");
  return bar === null ? null : <Banner tone="warn">{t(WORDS[bar])}</Banner>;
}
