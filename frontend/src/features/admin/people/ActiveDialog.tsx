import { Textarea } from "@mantine/core";
import { useState } from "react";
import { t } from "@/shared/lib/i18n";
import { faultsOf } from "../model/faults";
import { nameOf } from "../model/names";
import { tell } from "../model/notice";
import { ActionDialog } from "../parts/ActionDialog";
import classes from "../parts/Admin.module.css";
import { useOpenTasks, useSetActive, type PersonDetail } from "./api";

interface Props {
  person: PersonDetail;
  onClose: () => void;
}

function OpenTasks({ userId, person }: { userId: number; person: string }) {
  const open = useOpenTasks(userId);
  if (open.isPending) return <li>{t("admin.active.counting")}</li>;
  if (open.data === undefined) return <li>{t("admin.active.uncounted", { person })}</li>;
  if (open.data === 0) return <li>{t("admin.active.noTasks")}</li>;
  return <li>{t("admin.active.tasks", { count: open.data, person })}</li>;
}

/** Closes or opens an account, with what that means for the person and their tasks. */
export function ActiveDialog({ person, onClose }: Props) {
  const closes = person.is_active;
  const change = useSetActive(person.id, !closes);
  const [reason, setReason] = useState("");
  const name = nameOf(person);
  const faults = faultsOf(change.error, ["reason"]);
  return (
    <ActionDialog
      title={t(closes ? "admin.active.closeTitle" : "admin.active.openTitle", { person: name })}
      submit={t(closes ? "admin.active.close" : "admin.active.open")}
      isDanger={closes}
      isBusy={change.isPending}
      problem={faults.general}
      onClose={onClose}
      onSubmit={() =>
        change.mutate(reason, {
          onSuccess: () => {
            tell(t(closes ? "admin.active.closed" : "admin.active.opened", { person: name }));
            onClose();
          },
        })
      }
    >
      {closes ? (
        <ul className={classes.consequences}>
          <li>{t("admin.active.signsOut", { person: name })}</li>
          <OpenTasks userId={person.id} person={name} />
          <li>{t("admin.active.keeps")}</li>
        </ul>
      ) : (
        <p className={classes.text}>{t("admin.active.openHint", { person: name })}</p>
      )}
      <Textarea
        label={t("admin.active.reason")}
        description={t("admin.active.reasonHint")}
        autosize
        minRows={2}
        maxLength={500}
        value={reason}
        error={faults.of("reason")}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </ActionDialog>
  );
}
