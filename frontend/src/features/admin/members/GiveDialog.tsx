import { TextInput } from "@mantine/core";
import { useState } from "react";
import { t } from "@/shared/lib/i18n";
import { faultsOf } from "../model/faults";
import { tell } from "../model/notice";
import type { Role } from "../model/useSystems";
import { ActionDialog } from "../parts/ActionDialog";
import classes from "../parts/Admin.module.css";
import { useGiveRole } from "./api";
import { RoleSelect } from "./RoleSelect";

interface Props {
  roles: readonly Role[];
  first: string;
  onClose: () => void;
}

/** Gives a role to somebody by name: administrators of one system see no list of all people. */
export function GiveDialog({ roles, first, onClose }: Props) {
  const give = useGiveRole();
  const [username, setUsername] = useState("");
  const [roleId, setRoleId] = useState(first);
  const role = roles.find(({ id }) => String(id) === roleId);
  const faults = faultsOf(give.error, ["username", "user_id", "role_id"]);

  function submit() {
    if (role === undefined) return;
    give.mutate(
      { username, role_id: role.id, system: role.system },
      {
        onSuccess: ({ full_name, role_name }) => {
          tell(t("admin.members.given", { role: role_name, person: full_name }));
          onClose();
        },
      },
    );
  }

  return (
    <ActionDialog
      title={t("admin.members.add")}
      submit={t("admin.members.give")}
      isBusy={give.isPending}
      canSubmit={role !== undefined && username.trim() !== ""}
      problem={faults.general}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className={classes.hint}>{t("admin.members.addHint")}</p>
      <TextInput
        label={t("session.username")}
        autoCapitalize="none"
        spellCheck={false}
        value={username}
        error={faults.of("username") ?? faults.of("user_id")}
        data-autofocus
        onChange={(event) => setUsername(event.currentTarget.value)}
      />
      <RoleSelect
        label={t("admin.role")}
        none={t("admin.members.choose")}
        roles={roles}
        value={roleId}
        error={faults.of("role_id")}
        onChange={setRoleId}
      />
    </ActionDialog>
  );
}
