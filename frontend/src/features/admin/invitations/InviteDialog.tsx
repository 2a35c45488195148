import { TextInput } from "@mantine/core";
import { useState } from "react";
import { t } from "@/shared/lib/i18n";
import { faultsOf } from "../model/faults";
import { tell } from "../model/notice";
import { useRights } from "../model/rights";
import { ActionDialog } from "../parts/ActionDialog";
import { RolePicker } from "../parts/RolePicker";
import classes from "../parts/Admin.module.css";
import { useInvite } from "./api";

const FIELDS = ["email", "first_name", "last_name", "role_ids"] as const;

export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { isHome } = useRights();
  const invite = useInvite();
  const [values, setValues] = useState({ email: "", first_name: "", last_name: "" });
  const [roleIds, setRoleIds] = useState<number[]>([]);
  const faults = faultsOf(invite.error, FIELDS);
  const field = (name: keyof typeof values) => ({
    value: values[name],
    error: faults.of(name),
    onChange: (event: { currentTarget: { value: string } }) =>
      setValues({ ...values, [name]: event.currentTarget.value }),
  });
  return (
    <ActionDialog
      title={t("admin.invitations.add")}
      submit={t("admin.invitations.send")}
      isBusy={invite.isPending}
      // Into no system at all only its own administrators invite.
      canSubmit={isHome || roleIds.length > 0}
      problem={faults.general}
      onClose={onClose}
      onSubmit={() =>
        invite.mutate(
          { ...values, role_ids: roleIds },
          {
            onSuccess: ({ email }) => {
              tell(t("admin.invitations.sent", { email }));
              onClose();
            },
          },
        )
      }
    >
      <p className={classes.hint}>{t("admin.invitations.addHint")}</p>
      <TextInput
        label={t("account.email")}
        type="email"
        required
        data-autofocus
        {...field("email")}
      />
      <div className={classes.pair}>
        <TextInput label={t("account.firstName")} {...field("first_name")} />
        <TextInput label={t("account.lastName")} {...field("last_name")} />
      </div>
      <RolePicker chosen={roleIds} fault={faults.of("role_ids")} onChange={setRoleIds} />
    </ActionDialog>
  );
}
