import { Button } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { useMembers, memberName } from "@/shared/api/members";
import type { TaskItem } from "@/shared/api/types";
import { t } from "@/shared/lib/i18n";
import "@/shared/lib/texts.work";
import { Problem } from "@/shared/ui/Problem";
import { useBulk } from "../api/useBulk";
import {
  actionsIn,
  commonRole,
  needsPerson,
  needsReason,
  type BulkAction,
  type BulkResult,
} from "../model/bulk";
import type { Tab } from "../model/search";
import { BulkReport } from "./BulkReport";
import classes from "./Bulk.module.css";

interface Props {
  tab: Tab;
  tasks: readonly TaskItem[];
  /** What stays chosen: the tasks with which it could not be done. */
  onChoose: (taskIds: readonly string[]) => void;
}

/** One act on all chosen rows; what could not be done is said task by task. */
export default function BulkBar({ tab, tasks, onChoose }: Props) {
  const bulk = useBulk();
  const [report, setReport] = useState<readonly BulkResult[] | null>(null);

  function act(action: BulkAction, notes: string, personId: number | null) {
    setReport(null);
    bulk.mutate(
      { action, tasks, notes, personId },
      {
        onSuccess: (results) => {
          setReport(results);
          onChoose(results.filter(({ ok }) => !ok).map((each) => each.task_id));
        },
      },
    );
  }

  if (tasks.length === 0 && report === null) return null;
  return (
    <section className={classes.bar} aria-label={t("bulk.label")}>
      {report !== null && <BulkReport results={report} onClose={() => setReport(null)} />}
      <Problem error={bulk.error} />
      {tasks.length > 0 && (
        <BulkForm
          tab={tab}
          tasks={tasks}
          isBusy={bulk.isPending}
          onAct={act}
          onClear={() => onChoose([])}
        />
      )}
    </section>
  );
}

interface FormProps {
  tab: Tab;
  tasks: readonly TaskItem[];
  isBusy: boolean;
  onAct: (action: BulkAction, notes: string, personId: number | null) => void;
  onClear: () => void;
}

function BulkForm({ tab, tasks, isBusy, onAct, onClear }: FormProps) {
  const [action, setAction] = useState<BulkAction | "">("");
  const [notes, setNotes] = useState("");
  const [personId, setPersonId] = useState("");
  const wantsPerson = action !== "" && needsPerson(action);
  const wantsReason = action !== "" && needsReason(action);
  const why = t(wantsReason ? "action.reason" : "action.notes");
  const isReady = [
    action !== "",
    !wantsReason || notes.trim() !== "",
    !wantsPerson || personId !== "",
  ].every(Boolean);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (action === "" || !isReady) return;
    onAct(action, notes.trim(), wantsPerson ? Number(personId) : null);
  }

  return (
    <form className={classes.form} onSubmit={submit}>
      <strong className={classes.count}>{t("bulk.chosen", { count: tasks.length })}</strong>
      <select
        className={classes.select}
        aria-label={t("bulk.action")}
        value={action}
        onChange={(event) => setAction(event.currentTarget.value as BulkAction | "")}
      >
        <option value="">{t("bulk.choose")}</option>
        {actionsIn(tab).map((each) => (
          <option key={each} value={each}>
            {t(`action.${each}`)}
          </option>
        ))}
      </select>
      {wantsPerson && <PersonField tasks={tasks} value={personId} onChange={setPersonId} />}
      {action !== "" && (
        <input
          className={classes.notes}
          aria-label={why}
          placeholder={why}
          value={notes}
          onChange={(event) => setNotes(event.currentTarget.value)}
        />
      )}
      <Button type="submit" disabled={!isReady} loading={isBusy}>
        {t(action === "" ? "bulk.apply" : `action.${action}`)}
      </Button>
      <Button variant="subtle" onClick={onClear}>
        {t("bulk.clear")}
      </Button>
    </form>
  );
}

interface PersonFieldProps {
  tasks: readonly TaskItem[];
  value: string;
  onChange: (personId: string) => void;
}

function PersonField({ tasks, ...field }: PersonFieldProps) {
  const roleId = commonRole(tasks);
  if (roleId === null) return <span className={classes.hint}>{t("bulk.oneRole")}</span>;
  return <Members key={roleId} roleId={roleId} {...field} />;
}

function Members({
  roleId,
  value,
  onChange,
}: Omit<PersonFieldProps, "tasks"> & { roleId: number }) {
  const members = useMembers(roleId);
  return (
    <select
      className={classes.select}
      aria-label={t("ticket.assignee")}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      <option value="">{t(members.isPending ? "common.loading" : "action.choosePerson")}</option>
      {members.data?.map((each) => (
        <option key={each.user_id} value={each.user_id}>
          {memberName(each)}
        </option>
      ))}
    </select>
  );
}
