import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { t } from "@/shared/lib/i18n";
import { useSystemName, useRoles, type Role } from "../model/useSystems";
import { DataTable, type Column } from "../parts/DataTable";
import { Guard } from "../parts/Guard";
import { ListState } from "../parts/ListState";
import { Mark, Tags } from "../parts/Mark";
import { PageHead } from "../parts/PageHead";
import classes from "../parts/Admin.module.css";
import { DeleteRoleDialog, NewRoleDialog, RoleDialog } from "./RoleDialogs";

type Opened = { kind: "new" } | { kind: "edit" | "delete"; role: Role } | null;

const SHOWN_PERMISSIONS = 6;

function Permissions({ names }: { names: readonly string[] }) {
  const rest = names.length - SHOWN_PERMISSIONS;
  if (names.length === 0)
    return <span className={classes.sub}>{t("admin.roles.noPermissions")}</span>;
  const more = rest > 0 ? [t("admin.roles.more", { count: rest })] : [];
  return <Tags words={[...names.slice(0, SHOWN_PERMISSIONS), ...more]} />;
}

function columnsFor(onOpen: (opened: Opened) => void): Column<Role>[] {
  return [
    {
      id: "name",
      header: t("admin.name"),
      isMain: true,
      cell: (role) => (
        <>
          {role.name} {role.is_builtin && <Mark tone="calm">{t("admin.roles.builtIn")}</Mark>}
          {role.description !== "" && <span className={classes.sub}>{role.description}</span>}
        </>
      ),
    },
    {
      id: "permissions",
      header: t("admin.roles.permissions"),
      cell: (role) => <Permissions names={role.permissions} />,
    },
    {
      id: "factor",
      header: t("profile.factor"),
      cell: (role) =>
        role.requires_second_factor ? (
          <Mark tone="ok">{t("admin.roles.required")}</Mark>
        ) : (
          <span className={classes.sub}>{t("admin.roles.optional")}</span>
        ),
    },
    {
      id: "members",
      header: t("administration.members"),
      cell: (role) => (
        <Link
          to="/admin/members"
          search={{ role: String(role.id) }}
          aria-label={t("admin.roles.membersOf", { count: role.members, role: role.name })}
        >
          {role.members}
        </Link>
      ),
    },
    {
      id: "actions",
      header: t("admin.actions"),
      isActions: true,
      cell: (role) => <Actions role={role} onOpen={onOpen} />,
    },
  ];
}

function Actions({ role, onOpen }: { role: Role; onOpen: (opened: Opened) => void }) {
  return (
    <span className={classes.rowButtons}>
      <Button
        variant="default"
        aria-label={t("admin.roles.edit", { role: role.name })}
        onClick={() => onOpen({ kind: "edit", role })}
      >
        {t("admin.edit")}
      </Button>
      {!role.is_builtin && (
        <Button
          variant="default"
          aria-label={t("admin.roles.deleteTitle", { role: role.name })}
          onClick={() => onOpen({ kind: "delete", role })}
        >
          {t("admin.roles.delete")}
        </Button>
      )}
    </span>
  );
}

function Systems({ roles, onOpen }: { roles: Role[]; onOpen: (opened: Opened) => void }) {
  const systemName = useSystemName();
  const systems = [...new Set(roles.map(({ system }) => system))];
  return systems.map((system) => (
    <section
      key={system}
      className={classes.group}
      aria-label={`${systemName(system)} (${system})`}
    >
      <h2 className={classes.subTitle}>{systemName(system)}</h2>
      <div className={classes.panel}>
        <DataTable
          label={t("admin.roles.of", { system: systemName(system) })}
          columns={columnsFor(onOpen)}
          rows={roles.filter((role) => role.system === system)}
          keyOf={(role) => role.id}
          isAligned
        />
      </div>
    </section>
  ));
}

function Roles() {
  const roles = useRoles();
  const [opened, setOpened] = useState<Opened>(null);
  const rows = roles.data ?? [];
  const close = () => setOpened(null);
  return (
    <div className={classes.page}>
      <PageHead title={t("administration.roles")} hint={t("admin.roles.hint")}>
        <Button onClick={() => setOpened({ kind: "new" })}>{t("admin.roles.add")}</Button>
      </PageHead>
      <ListState
        query={roles}
        isEmpty={rows.length === 0}
        empty={{ icon: "lock", title: t("admin.roles.empty"), hint: t("admin.roles.emptyHint") }}
      >
        <Systems roles={rows} onOpen={setOpened} />
      </ListState>
      {opened?.kind === "new" && <NewRoleDialog onClose={close} />}
      {opened?.kind === "edit" && <RoleDialog role={opened.role} onClose={close} />}
      {opened?.kind === "delete" && <DeleteRoleDialog role={opened.role} onClose={close} />}
    </div>
  );
}

export function RolesPage() {
  return (
    <Guard need="any">
      <Roles />
    </Guard>
  );
}
