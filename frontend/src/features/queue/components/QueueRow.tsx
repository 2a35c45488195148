import { Link } from "@tanstack/react-router";
import { memo } from "react";
import { t } from "@/shared/lib/i18n";
import { Age } from "@/shared/ui/Age";
import { Avatar } from "@/shared/ui/Avatar";
import { PriorityMark } from "@/shared/ui/PriorityMark";
import { SlaChip } from "@/shared/ui/SlaChip";
import type { Row } from "../model/arrange";
import { remembered } from "../model/remembered";
import classes from "./Queue.module.css";

interface Props {
  row: Row;
  index: number;
  top: number;
  height: number;
  isActive: boolean;
  isPicked: boolean;
  onChoose: (taskId: string) => void;
  onPick: (taskId: string) => void;
}

export const rowId = (taskId: string) => `row-${taskId}`;

function Holder({ name }: { name: string | null | undefined }) {
  if (!name) return <span className={classes.nobody}>{t("queue.unassigned")}</span>;
  return (
    <>
      <Avatar name={name} size={18} />
      <span className={classes.ellipsis}>{name}</span>
    </>
  );
}

function QueueRowInner(props: Props) {
  const { row, index, top, height, isActive, isPicked, onChoose, onPick } = props;
  const { task, isGone } = row;
  return (
    <div
      id={rowId(task.task_id)}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isActive}
      className={classes.row}
      data-gone={isGone || undefined}
      data-picked={isPicked || undefined}
      style={{ transform: `translateY(${top}px)`, height }}
      onPointerDown={() => onChoose(task.task_id)}
    >
      <span role="gridcell" data-column="pick">
        <input
          type="checkbox"
          tabIndex={-1}
          aria-label={t("queue.pick", { task: task.task_id })}
          checked={isPicked}
          onChange={() => onPick(task.task_id)}
        />
      </span>
      <span role="gridcell" data-column="priority">
        <PriorityMark priority={task.priority} />
      </span>
      <span role="gridcell" data-column="id">
        {task.task_id}
      </span>
      <span role="gridcell" data-column="title">
        <Link
          to="/tasks/$taskId"
          params={{ taskId: task.task_id }}
          tabIndex={-1}
          className={classes.title}
          title={task.title}
          dir="auto"
          onClick={() => remembered.set(task.task_id)}
        >
          {task.title}
        </Link>
        {isGone && <span className={classes.gone}>{t("queue.moved")}</span>}
      </span>
      <span role="gridcell" data-column="step">
        <span className={classes.ellipsis}>{task.current_step_name}</span>
      </span>
      <span role="gridcell" data-column="role">
        <span className={classes.ellipsis}>{task.role}</span>
      </span>
      <span role="gridcell" data-column="person">
        <Holder name={task.assigned_user_name} />
      </span>
      <span role="gridcell" data-column="sla">
        <SlaChip
          dueAt={task.sla_deadline}
          since={task.created_at}
          state={task.sla_state}
          status={task.status}
        />
      </span>
      <span role="gridcell" data-column="age">
        <Age since={task.created_at} />
      </span>
    </div>
  );
}

export const QueueRow = memo(QueueRowInner);
