import { Checkbox } from "@mantine/core";
import { t } from "@/shared/lib/i18n";
import { useRoles, useSystemName, type Role } from "../model/useSystems";
import { Failed, Skeleton } from "./ListState";
import classes from "./Admin.module.css";

interface Props {
  chosen: readonly number[];
  fault?: string;
  onChange: (roleIds: number[]) => void;
}

/** Any number of the roles that one may give, under the systems they belong to. */
export function RolePicker({ chosen, fault, onChange }: Props) {
  const roles = useRoles();
  const systemName = useSystemName();
  if (roles.isPending) return <Skeleton />;
  if (roles.data === undefined) {
    return <Failed error={roles.error} onRetry={() => void roles.refetch()} />;
  }
  const systems = [...new Set(roles.data.map(({ system }) => system))];
  const toggle = ({ id }: Role) =>
    onChange(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id]);
  return (
    <fieldset className={classes.group}>
      <legend>{t("administration.roles")}</legend>
      {systems.map((system) => (
        <div key={system} className={classes.group} role="group" aria-label={systemName(system)}>
          <p className={classes.groupTitle}>{systemName(system)}</p>
          {roles.data
            .filter((role) => role.system === system)
            .map((role) => (
              <Checkbox
                key={role.id}
                label={role.name}
                checked={chosen.includes(role.id)}
                onChange={() => toggle(role)}
              />
            ))}
        </div>
      ))}
      {fault !== undefined && <p className={classes.fault}>{fault}</p>}
    </fieldset>
  );
}
