import { Button } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { session } from "@/shared/api/session";
import { t } from "@/shared/lib/i18n";
import { exactTime } from "@/shared/lib/time";
import { useGiveRole, useMembershipsOf, type Membership } from "../members/api";
import { MembershipActions } from "../members/MembershipActions";
import { RoleSelect } from "../members/RoleSelect";
import { faultsOf } from "../model/faults";
import { nameOf } from "../model/names";
import { tell } from "../model/notice";
import { useRights } from "../model/rights";
import { useRoles, useSystemName } from "../model/useSystems";
import { DataTable, type Column } from "../parts/DataTable";
import { Failed, Skeleton } from "../parts/ListState";
import { MembershipMark, Tags } from "../parts/Mark";
import classes from "../parts/Admin.module.css";
import type { PersonDetail } from "./api";

function Held({ rows }: { rows: readonly Membership[] }) {
  const systemName = useSystemName();
  const columns: Column<Membership>[] = [
    { id: "role", header: t("admin.role"), isMain: true, cell: (row) => row.role_name },
    { id: "system", header: t("admin.system"), cell: (row) => systemName(row.system) },
    {
      id: "since",
      header: t("admin.members.since"),
      cell: (row) => <time dateTime={row.assigned_at}>{exactTime(row.assigned_at)}</time>,
    },
    {
      id: "state",
      header: t("admin.state"),
      cell: (row) => <MembershipMark isActive={row.is_active} />,
    },
    {
      id: "actions",
      header: t("admin.actions"),
      isActions: true,
      cell: (row) => <MembershipActions row={row} />,
    },
  ];
  return (
    <div className={classes.panel}>
      <DataTable
        label={t("admin.members.held")}
        columns={columns}
        rows={rows}
        keyOf={(row) => row.assignment_id}
      />
    </div>
  );
}

function Give({ person, held }: { person: PersonDetail; held: readonly Membership[] }) {
  const roles = useRoles();
  const give = useGiveRole();
  const [roleId, setRoleId] = useState("");
  const free = (roles.data ?? []).filter(
    ({ id }) => !held.some(({ role_id: heldId }) => heldId === id),
  );
  const faults = faultsOf(give.error, ["role_id"]);
  const chosen = free.find(({ id }) => String(id) === roleId);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (chosen === undefined) return;
    const names = { role: chosen.name, person: nameOf(person) };
    give.mutate(
      { user_id: person.id, role_id: chosen.id, system: chosen.system },
      {
        onSuccess: () => {
          setRoleId("");
          tell(t("admin.members.given", names));
        },
      },
    );
  }

  if (free.length === 0) return null;
  return (
    <form className={classes.filters} onSubmit={submit} noValidate>
      <RoleSelect
        label={t("admin.members.another")}
        none={t("admin.members.choose")}
        roles={free}
        value={roleId}
        error={faults.of("role_id") ?? faults.general ?? undefined}
        onChange={setRoleId}
      />
      <Button type="submit" variant="default" disabled={!chosen} loading={give.isPending}>
        {t("admin.members.give")}
      </Button>
    </form>
  );
}

function Foreign({ roles }: { roles: PersonDetail["roles"] }) {
  const { systems } = useRights();
  const foreign = roles.filter(({ system }) => !systems.includes(system));
  if (foreign.length === 0) return null;
  return (
    <div className={classes.group}>
      <p className={classes.hint}>{t("admin.members.foreign")}</p>
      <Tags words={foreign.map((role) => `${role.system}: ${role.role_name}`)} />
    </div>
  );
}

/** The roles of a person: those that one may change, and the others by name only. */
export function PersonRoles({ person }: { person: PersonDetail }) {
  const held = useMembershipsOf(person.id);
  const isMe = session.state.get().person?.id === person.id;
  return (
    <section className={classes.section} aria-label={t("admin.members.roles")}>
      <h2>{t("admin.members.roles")}</h2>
      {held.isPending && <Skeleton />}
      {held.error !== null && <Failed error={held.error} onRetry={() => void held.refetch()} />}
      {held.data?.length === 0 && <p className={classes.hint}>{t("admin.members.none")}</p>}
      {held.data !== undefined && held.data.length > 0 && <Held rows={held.data} />}
      {held.data !== undefined && !isMe && <Give person={person} held={held.data} />}
      <Foreign roles={person.roles} />
    </section>
  );
}
