import { useMediaQuery } from "@mantine/hooks";
import type { ReactNode } from "react";
import type { TaskDetail } from "@/shared/api/types";
import { t } from "@/shared/lib/i18n";
import { exactTime } from "@/shared/lib/time";
import { Avatar } from "@/shared/ui/Avatar";
import { PriorityMark } from "@/shared/ui/PriorityMark";
import { StatusBadge } from "@/shared/ui/StatusBadge";
import "@/shared/lib/texts.work";
import { useTicketOf } from "../api/task";
import { Approvals } from "./Approvals";
import { Branches } from "./Branches";
import { WhyButton } from "./WhyButton";
import classes from "./Details.module.css";

function Fact({ name, children }: { name: string; children: ReactNode }) {
  if (children === null || children === undefined || children === "") return null;
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function PersonName({ name }: { name: string | null | undefined }) {
  if (!name) return <>{t("common.nobody")}</>;
  return (
    <span className={classes.person}>
      <Avatar name={name} size={18} />
      {name}
    </span>
  );
}

/** What only the ticket knows; the page stands without it. */
function TicketFacts({ ticketId }: { ticketId: number }) {
  const { data: ticket } = useTicketOf(ticketId);
  if (ticket === undefined) return null;
  const kind = [ticket.category, ticket.sub_category].filter(Boolean).join(" · ");
  return (
    <>
      <Fact name={t("ticket.requester")}>{ticket.requester_name || ticket.requester_email}</Fact>
      <Fact name={t("ticket.department")}>{ticket.department}</Fact>
      <Fact name={t("ticket.category")}>{kind}</Fact>
    </>
  );
}

function Assignments({ task }: { task: TaskDetail }) {
  if (task.assignments.length === 0) return null;
  return (
    <section>
      <h2>{t("ticket.people")}</h2>
      <ol className={classes.assignments}>
        {task.assignments.map((each) => (
          <li key={each.id} data-open={each.closed_at === null || undefined}>
            <span className={classes.knot} />
            <span className={classes.step}>{each.step_name}</span>
            <span className={classes.who}>
              {each.user_name || t("common.nobody")}{" "}
              <WhyButton taskId={task.task_id} assignment={each} isShort />
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

const NARROW = "(max-width: 47.99em)";

/** Beside the timeline; on a narrow screen folded away above it. */
export function Details({ task }: { task: TaskDetail }) {
  const isNarrow = useMediaQuery(NARROW, undefined, { getInitialValueInEffect: false });
  if (!isNarrow) {
    return (
      <aside className={classes.details} aria-label={t("ticket.details")}>
        <DetailList task={task} />
      </aside>
    );
  }
  return (
    <details className={classes.folded}>
      <summary>{t("ticket.details")}</summary>
      <div className={classes.details}>
        <DetailList task={task} />
      </div>
    </details>
  );
}

function DetailList({ task }: { task: TaskDetail }) {
  const held = task.assignments.findLast((each) => each.closed_at === null);
  return (
    <>
      {task.current_step.instruction && (
        <section className={classes.instruction}>
          <h2>{t("ticket.instruction")}</h2>
          <p>{task.current_step.instruction}</p>
        </section>
      )}
      <Branches task={task} />
      <Approvals task={task} />
      <section>
        <h2>{t("ticket.details")}</h2>
        <dl className={classes.facts}>
          <Fact name={t("ticket.status")}>
            <StatusBadge status={task.status} />
          </Fact>
          <Fact name={t("ticket.priority")}>
            <PriorityMark priority={task.priority} />
          </Fact>
          <Fact name={t("ticket.step")}>{task.current_step_name}</Fact>
          <Fact name={t("ticket.role")}>{task.role}</Fact>
          <Fact name={t("ticket.assignee")}>
            <PersonName name={task.assigned_user_name} />{" "}
            {held !== undefined && <WhyButton taskId={task.task_id} assignment={held} />}
          </Fact>
          {task.owner && (
            <Fact name={t("ticket.owner")}>
              <PersonName name={task.owner.name || task.owner.username} />
            </Fact>
          )}
          <TicketFacts ticketId={task.ticket_id} />
          <Fact name={t("ticket.workflow")}>{task.workflow_name}</Fact>
          <Fact name={t("ticket.external")}>{task.external_ticket_id}</Fact>
          <Fact name={t("ticket.received")}>{exactTime(task.created_at)}</Fact>
          {task.started_at && <Fact name={t("ticket.started")}>{exactTime(task.started_at)}</Fact>}
        </dl>
      </section>
      <Assignments task={task} />
    </>
  );
}
