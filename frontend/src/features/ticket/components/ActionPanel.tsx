import { Button } from "@mantine/core";
import { useState, type FormEvent, type KeyboardEvent } from "react";
import { memberName, useMembers } from "@/shared/api/members";
import type { Action, TaskDetail } from "@/shared/api/types";
import { t } from "@/shared/lib/i18n";
import { Banner } from "@/shared/ui/Banner";
import { useFocusBack } from "@/shared/ui/focusBack";
import { Keys } from "@/shared/ui/Keys";
import "@/shared/lib/texts.work";
import { handsOver, nameIn, needsPerson } from "../model/actions";
import { useDraft } from "../model/drafts";
import classes from "./Ticket.module.css";

interface Props {
  task: TaskDetail;
  action: Action;
  /** False once somebody has moved the ticket on: the words stay, to be used elsewhere. */
  isOffered: boolean;
  isBusy: boolean;
  onCancel: () => void;
  onConfirm: (said: { notes: string; personId?: number }) => void;
}

function PersonField({
  task,
  action,
  value,
  onChange,
}: {
  task: TaskDetail;
  action: Action;
  value: string;
  onChange: (id: string) => void;
}) {
  const { roleId, holder } = handsOver(task, action);
  const members = useMembers(roleId);
  const others = members.data?.filter((each) => each.user_id !== holder) ?? [];
  return (
    <label className={classes.field}>
      {t("ticket.assignee")}
      <select
        className={classes.select}
        autoFocus
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        <option value="">
          {members.isPending ? t("common.loading") : t("action.choosePerson")}
        </option>
        {others.map((each) => (
          <option key={each.user_id} value={each.user_id}>
            {memberName(each)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Says why, and to whom, right below the buttons. Ctrl+Enter confirms, Escape leaves. */
export function ActionPanel({ task, action, isOffered, isBusy, onCancel, onConfirm }: Props) {
  const reason = useDraft(`${task.ticket_id}.${action.action}${action.branch ?? ""}`);
  const [personId, setPersonId] = useState("");
  const wantsPerson = needsPerson(action);
  useFocusBack();
  const isReady = [
    isOffered,
    !action.needs_reason || reason.text.trim() !== "",
    !wantsPerson || personId !== "",
  ].every(Boolean);

  function confirm() {
    if (!isReady || isBusy) return;
    const notes = reason.text.trim();
    onConfirm({ notes, ...(wantsPerson && { personId: Number(personId) }) });
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      confirm();
    }
    if (event.key === "Escape") onCancel();
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    confirm();
  }

  return (
    <form
      className={classes.panel}
      onSubmit={submit}
      onKeyDown={onKeyDown}
      aria-label={nameIn(task, action)}
    >
      {!isOffered && <Banner tone="warn">{t("action.gone")}</Banner>}
      {wantsPerson && (
        <PersonField task={task} action={action} value={personId} onChange={setPersonId} />
      )}
      <label className={classes.field}>
        {t(action.needs_reason ? "action.reason" : "action.notes")}
        <textarea
          className={classes.textarea}
          rows={2}
          autoFocus={!wantsPerson}
          value={reason.text}
          placeholder={t("action.reasonNeeded")}
          onChange={(event) => reason.write(event.currentTarget.value)}
        />
      </label>
      <div className={classes.panelButtons}>
        <Button type="submit" disabled={!isReady} loading={isBusy}>
          {nameIn(task, action)}
        </Button>
        <Button variant="subtle" onClick={onCancel}>
          {t("common.cancel")}
        </Button>
        <Keys keys="mod+Enter" />
      </div>
    </form>
  );
}
