import { Textarea } from "@mantine/core";
import { useState } from "react";
import { t } from "@/shared/lib/i18n";
import { faultsOf } from "../model/faults";
import { nameOf } from "../model/names";
import { tell } from "../model/notice";
import { ActionDialog } from "../parts/ActionDialog";
import { RolePicker } from "../parts/RolePicker";
import classes from "../parts/Admin.module.css";
import { useApprove, useReject, type Registration } from "./api";

interface Props {
  row: Registration;
  onClose: () => void;
}

export function ApproveDialog({ row, onClose }: Props) {
  const approve = useApprove(row);
  const [roleIds, setRoleIds] = useState<number[]>([]);
  const person = nameOf(row);
  const faults = faultsOf(approve.error, ["role_ids"]);
  return (
    <ActionDialog
      title={t("admin.registrations.approveTitle", { person })}
      submit={t("admin.registrations.approve")}
      isBusy={approve.isPending}
      problem={faults.general}
      onClose={onClose}
      onSubmit={() =>
        approve.mutate(roleIds, {
          onSuccess: () => {
            tell(t("admin.registrations.approved", { person }));
            onClose();
          },
        })
      }
    >
      <p className={classes.text}>
        {t("admin.registrations.approveHint", { username: row.username, email: row.email })}
      </p>
      <RolePicker chosen={roleIds} fault={faults.of("role_ids")} onChange={setRoleIds} />
    </ActionDialog>
  );
}

export function RejectDialog({ row, onClose }: Props) {
  const reject = useReject(row);
  const [reason, setReason] = useState("");
  const person = nameOf(row);
  const faults = faultsOf(reject.error, ["reason"]);
  return (
    <ActionDialog
      title={t("admin.registrations.rejectTitle", { person })}
      submit={t("admin.registrations.reject")}
      isDanger
      isBusy={reject.isPending}
      problem={faults.general}
      onClose={onClose}
      onSubmit={() =>
        reject.mutate(reason, {
          onSuccess: () => {
            tell(t("admin.registrations.rejected", { person }));
            onClose();
          },
        })
      }
    >
      <p className={classes.text}>{t("admin.registrations.rejectHint", { email: row.email })}</p>
      <Textarea
        label={t("admin.registrations.reason")}
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
