import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { t } from "@/shared/lib/i18n";
import { Banner } from "@/shared/ui/Banner";
import { Dialog } from "@/shared/ui/Dialog";
import { faultsOf } from "../model/faults";
import { tell } from "../model/notice";
import { useRights } from "../model/rights";
import type { Role } from "../model/useSystems";
import { ActionDialog } from "../parts/ActionDialog";
import classes from "../parts/Admin.module.css";
import { TakeAwayDialog } from "../parts/TakeAwayDialog";
import { useAddRole, useChangeRole, useDeleteRole, type RoleChange } from "./api";
import { ROLE_FIELDS, RoleFields, type RoleValues } from "./RoleFields";

export function NewRoleDialog({ onClose }: { onClose: () => void }) {
  const { systems } = useRights();
  const add = useAddRole();
  const [values, setValues] = useState<RoleValues>({
    system: systems[0] ?? "",
    name: "",
    description: "",
    permissions: [],
    requires_second_factor: false,
  });
  const faults = faultsOf(add.error, ROLE_FIELDS);
  return (
    <ActionDialog
      title={t("admin.roles.add")}
      submit={t("admin.roles.addSubmit")}
      isBusy={add.isPending}
      problem={faults.general}
      onClose={onClose}
      onSubmit={() =>
        add.mutate(values, {
          onSuccess: ({ name }) => {
            tell(t("admin.roles.added", { role: name }));
            onClose();
          },
        })
      }
    >
      <RoleFields values={values} faults={faults} isNew isBuiltIn={false} onChange={setValues} />
    </ActionDialog>
  );
}

/** What differs; of a built-in role nothing else may be sent. */
function changesOf(values: RoleValues, role: Role): RoleChange {
  const same = (name: keyof RoleValues) =>
    JSON.stringify(values[name]) === JSON.stringify(role[name]);
  const changed = ROLE_FIELDS.filter((name) => name !== "system" && !same(name));
  return Object.fromEntries(changed.map((name) => [name, values[name]]));
}

interface Props {
  role: Role;
  onClose: () => void;
}

export function RoleDialog({ role, onClose }: Props) {
  const change = useChangeRole(role.id);
  const [values, setValues] = useState<RoleValues>(role);
  const faults = faultsOf(change.error, ROLE_FIELDS);
  const changes = changesOf(values, role);
  const demands = values.requires_second_factor && !role.requires_second_factor;
  return (
    <ActionDialog
      title={t("admin.roles.edit", { role: role.name })}
      submit={t("common.save")}
      isBusy={change.isPending}
      canSubmit={Object.keys(changes).length > 0}
      problem={faults.general}
      onClose={onClose}
      onSubmit={() =>
        change.mutate(changes, {
          onSuccess: ({ name }) => {
            tell(t("admin.roles.saved", { role: name }));
            onClose();
          },
        })
      }
    >
      {role.is_builtin && <p className={classes.hint}>{t("admin.roles.builtInHint")}</p>}
      <RoleFields
        values={values}
        faults={faults}
        isNew={false}
        isBuiltIn={role.is_builtin}
        onChange={setValues}
      />
      {demands && role.members > 0 && (
        <Banner tone="warn">{t("admin.roles.demands", { count: role.members })}</Banner>
      )}
    </ActionDialog>
  );
}

/** A role that somebody holds is not deleted: its members come first. */
function StillHeld({ role, onClose }: Props) {
  return (
    <Dialog title={t("admin.roles.deleteTitle", { role: role.name })} onClose={onClose}>
      <div className={classes.form}>
        <p className={classes.text}>{t("admin.roles.held", { count: role.members })}</p>
        <div className={classes.dialogButtons}>
          <Link to="/admin/members" search={{ role: String(role.id) }}>
            {t("admin.roles.showMembers")}
          </Link>
          <Button variant="default" size="sm" onClick={onClose} data-autofocus>
            {t("common.close")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

export function DeleteRoleDialog({ role, onClose }: Props) {
  const remove = useDeleteRole(role);
  if (role.members > 0) return <StillHeld role={role} onClose={onClose} />;
  return (
    <TakeAwayDialog
      title={t("admin.roles.deleteTitle", { role: role.name })}
      submit={t("admin.roles.delete")}
      hint={t("admin.roles.deleteHint", { role: role.name })}
      done={t("admin.roles.deleted", { role: role.name })}
      act={remove}
      values={undefined}
      onClose={onClose}
    />
  );
}
