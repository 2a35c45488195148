import { NativeSelect, Switch, TagsInput, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { t } from "@/shared/lib/i18n";
import type { Faults } from "../model/faults";
import { useRights } from "../model/rights";
import { useRoles, useSystemName } from "../model/useSystems";

export interface RoleValues {
  system: string;
  name: string;
  description: string;
  permissions: string[];
  requires_second_factor: boolean;
}

export const ROLE_FIELDS = [
  "system",
  "name",
  "description",
  "permissions",
  "requires_second_factor",
] as const satisfies readonly (keyof RoleValues)[];

interface Props {
  values: RoleValues;
  faults: Faults;
  isNew: boolean;
  /** Of a built-in role only the second factor can be changed. */
  isBuiltIn: boolean;
  onChange: (values: RoleValues) => void;
}

/** The permissions that roles of the same system have already; nothing else lists them. */
function useKnownPermissions(system: string): string[] {
  const { data = [] } = useRoles();
  const known = data.filter((role) => role.system === system).flatMap((role) => role.permissions);
  return [...new Set(known)].sort();
}

function SystemField({ values, faults, isNew, onChange }: Props) {
  const { systems } = useRights();
  const systemName = useSystemName();
  if (!isNew) {
    return <TextInput label={t("admin.system")} value={systemName(values.system)} readOnly />;
  }
  return (
    <NativeSelect
      label={t("admin.system")}
      data={systems.map((slug) => ({ value: slug, label: systemName(slug) }))}
      value={values.system}
      error={faults.of("system")}
      onChange={(event) => onChange({ ...values, system: event.currentTarget.value })}
    />
  );
}

function PermissionsField({ values, faults, isBuiltIn, onChange }: Props) {
  const known = useKnownPermissions(values.system);
  const [typed, setTyped] = useState("");
  return (
    <TagsInput
      label={t("admin.roles.permissions")}
      description={isBuiltIn ? undefined : t("admin.roles.permissionsHint")}
      data={known}
      readOnly={isBuiltIn}
      splitChars={[",", " "]}
      acceptValueOnBlur
      searchValue={typed}
      onSearchChange={setTyped}
      // Offered while something is typed: an open list would lie over the buttons below.
      dropdownOpened={typed !== ""}
      value={values.permissions}
      error={faults.of("permissions")}
      onChange={(permissions) => onChange({ ...values, permissions })}
    />
  );
}

export function RoleFields(props: Props) {
  const { values, faults, isBuiltIn, onChange } = props;
  return (
    <>
      <SystemField {...props} />
      <TextInput
        label={t("admin.name")}
        maxLength={100}
        required={!isBuiltIn}
        readOnly={isBuiltIn}
        value={values.name}
        error={faults.of("name")}
        {...(!isBuiltIn && { "data-autofocus": true })}
        onChange={(event) => onChange({ ...values, name: event.currentTarget.value })}
      />
      <Textarea
        label={t("admin.roles.description")}
        autosize
        minRows={2}
        maxLength={2000}
        readOnly={isBuiltIn}
        value={values.description}
        error={faults.of("description")}
        onChange={(event) => onChange({ ...values, description: event.currentTarget.value })}
      />
      <PermissionsField {...props} />
      <Switch
        label={t("admin.roles.secondFactor")}
        description={t("admin.roles.secondFactorHint")}
        checked={values.requires_second_factor}
        error={faults.of("requires_second_factor")}
        onChange={(event) =>
          onChange({ ...values, requires_second_factor: event.currentTarget.checked })
        }
      />
    </>
  );
}
