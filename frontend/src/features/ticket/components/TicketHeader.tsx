import { Link } from "@tanstack/react-router";
import type { TaskDetail } from "@/shared/api/types";
import { t } from "@/shared/lib/i18n";
import { queuePlace } from "@/shared/lib/place";
import { Avatar } from "@/shared/ui/Avatar";
import { Icon } from "@/shared/ui/Icon";
import { PriorityMark } from "@/shared/ui/PriorityMark";
import { SlaChip } from "@/shared/ui/SlaChip";
import { StatusBadge } from "@/shared/ui/StatusBadge";
import classes from "./Ticket.module.css";

/** When the clock of the current step started. */
function stepSince(task: TaskDetail): string {
  return (
    task.assignments.findLast((each) => each.closed_at === null)?.assigned_at ?? task.created_at
  );
}

function Clocks({ task }: { task: TaskDetail }) {
  const { status, sla_state: state } = task;
  const isOver = status === "completed" || status === "closed";
  return (
    <>
      <SlaChip
        name={t("sla.ticket")}
        dueAt={task.sla_deadline}
        since={task.created_at}
        state={state}
        status={status}
      />
      {!isOver && (
        <SlaChip
          name={t("sla.step")}
          dueAt={task.step_deadline}
          since={stepSince(task)}
          state="ok"
          status={status}
        />
      )}
    </>
  );
}

export function TicketHeader({ task }: { task: TaskDetail }) {
  const holder = task.assigned_user_name;
  return (
    <header className={classes.header}>
      <div className={classes.crumbs}>
        <Link to="/" search={queuePlace.get()} className={classes.back}>
          <Icon name="left" size={13} />
          {t("ticket.back")}
        </Link>
        <span className={classes.number}>{task.task_id}</span>
        <span className={classes.external}>{task.external_ticket_id}</span>
      </div>
      <h1 className={classes.title} dir="auto">
        {task.title}
      </h1>
      <div className={classes.facts}>
        <StatusBadge status={task.status} />
        <PriorityMark priority={task.priority} />
        <Clocks task={task} />
        <span className={classes.holder}>
          {holder ? <Avatar name={holder} size={18} /> : <Icon name="user" size={14} />}
          {holder || t("queue.unassigned")}
        </span>
      </div>
    </header>
  );
}
