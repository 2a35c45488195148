import { NativeSelect, Switch, TagsInput, Textarea, TextInput } from "@mantine/core";
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

export function RoleFields(props: Props) {
  const { values, faults, isBuiltIn, onChange } = props;
  const known = useKnownPermissions(values.system);
  return (
    <>
      <SystemField {...props} />
      <TextInput
        label={t("admin.name")}
        maxLength={100}
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
      <TagsInput
        label={t("admin.roles.permissions")}
        description={isBuiltIn ? undefined : t("admin.roles.permissionsHint")}
        data={known}
        readOnly={isBuiltIn}
        splitChars={[",", " "]}
        acceptValueOnBlur
        value={values.permissions}
        error={faults.of("permissions")}
        onChange={(permissions) => onChange({ ...values, permissions })}
      />
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
