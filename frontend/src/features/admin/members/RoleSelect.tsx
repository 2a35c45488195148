import { NativeSelect } from "@mantine/core";
import { useSystemName, type Role } from "../model/useSystems";

interface Props {
  roles: readonly Role[];
  value: string;
  label: string;
  /** What stands for no role. */
  none: string;
  error?: string;
  onChange: (roleId: string) => void;
}

/** One role, grouped by system when there is more than one. */
export function RoleSelect({ roles, value, label, none, error, onChange }: Props) {
  const systemName = useSystemName();
  const systems = [...new Set(roles.map(({ system }) => system))];
  const groups = systems.map((system) => ({
    group: systemName(system),
    items: roles
      .filter((role) => role.system === system)
      .map(({ id, name }) => ({ value: String(id), label: name })),
  }));
  return (
    <NativeSelect
      label={label}
      value={value}
      error={error}
      data={[{ value: "", label: none }, ...groups]}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
