import { Button, Menu } from "@mantine/core";
import { useState } from "react";
import { ApiError } from "@/shared/api/errors";
import { newKey } from "@/shared/api/client";
import type { Action, TaskDetail } from "@/shared/api/types";
import { useCommands } from "@/shared/lib/commands";
import { t } from "@/shared/lib/i18n";
import { problemText } from "@/shared/lib/problem";
import { Banner } from "@/shared/ui/Banner";
import { Icon } from "@/shared/ui/Icon";
import { useMenuFocus } from "@/shared/ui/menuFocus";
import "@/shared/lib/texts.work";
import { useAct, type Act } from "../api/task";
import { arranged, idOf, nameIn, needsPanel } from "../model/actions";
import type { Conflict } from "../model/conflict";
import { ActionPanel } from "./ActionPanel";
import { ApprovalBar } from "./Approvals";
import { ConflictBanner } from "./ConflictBanner";
import classes from "./Ticket.module.css";

/** The act that is being prepared or tried; its key stays until it is done or given up. */
interface Attempt {
  action: Action;
  key: string;
}

function useActions(task: TaskDetail) {
  const [attempt, setAttempt] = useState<Attempt | null>(null);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [done, setDone] = useState("");
  const act = useAct(task, setConflict);

  function perform(wanted: Act) {
    setConflict(null);
    act.mutate(wanted, {
      onSuccess: () => {
        setAttempt(null);
        setDone(t("action.done", { name: nameIn(task, wanted.action) }));
      },
      // Once the server has answered no, trying again is another act.
      onError: (error) => {
        if (error instanceof ApiError && error.status > 0) {
          setAttempt((current) => current && { ...current, key: newKey() });
        }
      },
    });
  }

  function choose(action: Action) {
    act.reset();
    setConflict(null);
    const next = { action, key: newKey() };
    if (needsPanel(action)) setAttempt(next);
    else perform({ ...next, notes: "" });
  }

  return { attempt, conflict, done, act, perform, choose, giveUp: () => setAttempt(null) };
}

function MoreMenu({
  task,
  actions,
  onChoose,
}: {
  task: TaskDetail;
  actions: readonly Action[];
  onChoose: (a: Action) => void;
}) {
  const focus = useMenuFocus();
  if (actions.length === 0) return null;
  return (
    <Menu position="bottom-start" {...focus.menu}>
      <Menu.Target>
        <Button variant="subtle" rightSection={<Icon name="down" size={12} />}>
          {t("action.more")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {actions.map((action) => (
          <Menu.Item key={idOf(action)} onClick={focus.choose(() => onChoose(action))}>
            {nameIn(task, action)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function ActionButton({
  task,
  action,
  isPrimary = false,
  isBusy,
  onChoose,
}: {
  task: TaskDetail;
  action: Action;
  isPrimary?: boolean;
  isBusy: boolean;
  onChoose: (action: Action) => void;
}) {
  const target = action.to_step_name && t("action.to", { step: action.to_step_name });
  return (
    <Button
      variant={isPrimary ? "filled" : "default"}
      loading={isBusy}
      title={target || undefined}
      onClick={() => onChoose(action)}
    >
      {nameIn(task, action)}
    </Button>
  );
}

export function ActionBar({ task }: { task: TaskDetail }) {
  const { attempt, conflict, done, act, perform, choose, giveUp } = useActions(task);
  const { primary, beside, menu } = arranged(task.available_actions);
  const busyId = act.isPending ? idOf(act.variables.action) : null;
  useCommands(
    primary === null
      ? []
      : [
          {
            id: "act",
            title: "commands.act",
            group: "commands.task",
            keys: "e",
            run: () => choose(primary),
          },
        ],
  );
  const failed = act.isError && conflict === null;
  return (
    <section className={classes.actions} aria-label={t("action.label")}>
      <div className={classes.buttons}>
        {primary !== null && (
          <ActionButton
            task={task}
            action={primary}
            isPrimary
            isBusy={busyId === idOf(primary)}
            onChoose={choose}
          />
        )}
        {beside.map((action) => (
          <ActionButton
            key={idOf(action)}
            task={task}
            action={action}
            isBusy={busyId === idOf(action)}
            onChoose={choose}
          />
        ))}
        <MoreMenu task={task} actions={menu} onChoose={choose} />
        {task.available_actions.length === 0 && (
          <span className={classes.nothing}>{t("action.none")}</span>
        )}
        <span className={classes.done} role="status">
          {done}
        </span>
      </div>
      <ApprovalBar task={task} />
      {conflict !== null && <ConflictBanner conflict={conflict} />}
      {failed && (
        <Banner tone="late">{t("action.failed", { reason: problemText(act.error) })}</Banner>
      )}
      {attempt !== null && (
        <ActionPanel
          key={idOf(attempt.action)}
          task={task}
          action={attempt.action}
          isOffered={task.available_actions.some((each) => idOf(each) === idOf(attempt.action))}
          isBusy={act.isPending}
          onCancel={giveUp}
          onConfirm={(said) => perform({ ...attempt, ...said })}
        />
      )}
    </section>
  );
}
