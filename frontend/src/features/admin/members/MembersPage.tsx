import { Button, NativeSelect } from "@mantine/core";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { t } from "@/shared/lib/i18n";
import { exactTime } from "@/shared/lib/time";
import { Avatar } from "@/shared/ui/Avatar";
import { useRights } from "../model/rights";
import { useRoles, useSystemName } from "../model/useSystems";
import type { Column } from "../parts/DataTable";
import { Guard } from "../parts/Guard";
import { MembershipMark } from "../parts/Mark";
import { PagedTable } from "../parts/PagedTable";
import { PageHead } from "../parts/PageHead";
import classes from "../parts/Admin.module.css";
import { useMembers, type Membership } from "./api";
import { GiveDialog } from "./GiveDialog";
import { MembershipActions } from "./MembershipActions";
import { RoleSelect } from "./RoleSelect";
import { queryOf, readMembers, type MembersSearch } from "./search";

function Who({ row }: { row: Membership }) {
  const { isHome } = useRights();
  return (
    <div className={classes.who}>
      <Avatar name={row.full_name} size={26} />
      <div>
        {isHome ? (
          <Link to="/admin/people/$userId" params={{ userId: String(row.user_id) }}>
            {row.full_name}
          </Link>
        ) : (
          row.full_name
        )}
        <span className={classes.sub}>{row.username}</span>
      </div>
    </div>
  );
}

const columns = (systemName: (slug: string) => string): Column<Membership>[] => [
  { id: "who", header: t("admin.name"), isMain: true, cell: (row) => <Who row={row} /> },
  { id: "role", header: t("admin.role"), cell: (row) => row.role_name },
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

interface FilterProps {
  search: MembersSearch;
  onChange: (search: MembersSearch) => void;
}

function Filters({ search, onChange }: FilterProps) {
  const { systems } = useRights();
  const { data: roles = [] } = useRoles();
  const systemName = useSystemName();
  const listed = roles.filter(({ system }) => system === (search.system ?? system));
  return (
    <div className={classes.filters} role="search" aria-label={t("admin.members.filter")}>
      {systems.length > 1 && (
        <NativeSelect
          label={t("admin.system")}
          value={search.system ?? ""}
          data={[
            { value: "", label: t("admin.all") },
            ...systems.map((slug) => ({ value: slug, label: systemName(slug) })),
          ]}
          onChange={(event) => onChange(readMembers({ system: event.currentTarget.value }))}
        />
      )}
      <RoleSelect
        label={t("admin.role")}
        none={t("admin.all")}
        roles={listed}
        value={search.role ?? ""}
        onChange={(role) => onChange(readMembers({ ...search, role, page: undefined }))}
      />
    </div>
  );
}

function Members() {
  const search = readMembers(useSearch({ strict: false }));
  const navigate = useNavigate();
  const [isGiving, setIsGiving] = useState(false);
  const systemName = useSystemName();
  const { data: roles = [] } = useRoles();
  const page = search.page ?? 1;
  const members = useMembers(queryOf(search));
  const isFiltered = (search.system ?? search.role) !== undefined;
  const change = (next: MembersSearch) =>
    void navigate({ to: "/admin/members", search: next, replace: true });
  return (
    <div className={classes.page}>
      <PageHead title={t("administration.members")} hint={t("admin.members.hint")}>
        <Button onClick={() => setIsGiving(true)}>{t("admin.members.add")}</Button>
      </PageHead>
      <Filters search={search} onChange={change} />
      <PagedTable
        label={t("administration.members")}
        query={members}
        columns={columns(systemName)}
        keyOf={(row) => row.assignment_id}
        empty={{
          icon: "user",
          title: t("admin.members.empty"),
          hint: t("admin.members.emptyHint"),
        }}
        onClear={isFiltered ? () => change({}) : undefined}
        page={page}
        onPage={(next) => change(readMembers({ ...search, page: next }))}
      />
      {isGiving && (
        <GiveDialog roles={roles} first={search.role ?? ""} onClose={() => setIsGiving(false)} />
      )}
    </div>
  );
}

export function MembersPage() {
  return (
    <Guard need="any">
      <Members />
    </Guard>
  );
}
