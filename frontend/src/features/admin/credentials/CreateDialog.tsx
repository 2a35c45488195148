import { TextInput } from "@mantine/core";
import { useState } from "react";
import { t } from "@/shared/lib/i18n";
import { faultsOf } from "../model/faults";
import { ActionDialog } from "../parts/ActionDialog";
import classes from "../parts/Admin.module.css";
import { useCreate } from "./api";
import { Choices } from "./Choices";
import { AUDIENCES, SCOPES, type Audience, type Kind, type Scope, type Shown } from "./kinds";

const FIELDS = ["name", "scopes", "audiences", "expires_at"] as const;

/** The end of the chosen day, where the reader is; null when none was chosen. */
export function endOfDay(day: string): string | null {
  return day === "" ? null : new Date(`${day}T23:59:59`).toISOString();
}

const tomorrow = () => {
  const day = new Date();
  day.setDate(day.getDate() + 1);
  return day.toLocaleDateString("sv");
};

interface Props {
  kind: Kind;
  onShown: (shown: Shown) => void;
  onClose: () => void;
}

export function CreateDialog({ kind, onShown, onClose }: Props) {
  const create = useCreate(kind);
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<Scope[]>([]);
  const [audiences, setAudiences] = useState<Audience[]>([]);
  const [until, setUntil] = useState("");
  const faults = faultsOf(create.error, FIELDS);
  const isComplete =
    name.trim() !== "" && scopes.length > 0 && (kind === "keys" || audiences.length > 0);
  return (
    <ActionDialog
      title={t(`admin.${kind}.add`)}
      submit={t("admin.create")}
      isBusy={create.isPending}
      canSubmit={isComplete}
      problem={faults.general}
      onClose={onClose}
      onSubmit={() =>
        create.mutate(
          { name, scopes, audiences, expires_at: endOfDay(until) },
          { onSuccess: onShown },
        )
      }
    >
      <p className={classes.hint}>{t(`admin.${kind}.addHint`)}</p>
      <TextInput
        label={t("admin.name")}
        placeholder={t("admin.credential.nameHint")}
        maxLength={100}
        required
        value={name}
        error={faults.of("name")}
        data-autofocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {kind === "clients" && (
        <Choices
          label={t("admin.clients.audiences")}
          hint={t("admin.clients.audiencesHint")}
          offered={AUDIENCES}
          chosen={audiences}
          fault={faults.of("audiences")}
          titleOf={(audience) => t(`admin.audience.${audience}`)}
          onChange={setAudiences}
        />
      )}
      <Choices
        label={t("admin.credential.scopes")}
        hint={t("admin.credential.scopesHint")}
        offered={SCOPES}
        chosen={scopes}
        fault={faults.of("scopes")}
        titleOf={(scope) => scope}
        onChange={setScopes}
      />
      <TextInput
        type="date"
        label={t("admin.credential.until")}
        description={t("admin.credential.untilHint")}
        min={tomorrow()}
        value={until}
        error={faults.of("expires_at")}
        onChange={(event) => setUntil(event.currentTarget.value)}
      />
    </ActionDialog>
  );
}
