import { Button } from "@mantine/core";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useCallback, useState } from "react";
import { t } from "@/shared/lib/i18n";
import { problemText } from "@/shared/lib/problem";
import { exactTime } from "@/shared/lib/time";
import { Avatar } from "@/shared/ui/Avatar";
import { Banner } from "@/shared/ui/Banner";
import { Boundary } from "@/shared/ui/Boundary";
import { nameOf } from "../model/names";
import type { Column } from "../parts/DataTable";
import { Guard } from "../parts/Guard";
import { StateMark } from "../parts/Mark";
import { PagedTable } from "../parts/PagedTable";
import { PageHead } from "../parts/PageHead";
import classes from "../parts/Admin.module.css";
import { useExport, usePeople, type PersonRow } from "./api";
import { Filters } from "./Filters";
import { isFiltered, readPeople, type PeopleSearch } from "./search";

const ImportDialog = lazy(() => import("./ImportDialog"));
const NewPersonDialog = lazy(() => import("./NewPersonDialog"));

function Who({ row }: { row: PersonRow }) {
  const name = nameOf(row);
  return (
    <div className={classes.who}>
      <Avatar name={name} size={26} />
      <div>
        <Link to="/admin/people/$userId" params={{ userId: String(row.id) }}>
          {name}
        </Link>
        <span className={classes.sub}>{row.username}</span>
      </div>
    </div>
  );
}

const columns = (): Column<PersonRow>[] => [
  { id: "name", header: t("admin.name"), isMain: true, cell: (row) => <Who row={row} /> },
  { id: "email", header: t("account.email"), cell: (row) => row.email },
  {
    id: "state",
    header: t("admin.state"),
    cell: (row) => <StateMark isActive={row.is_active} />,
  },
  {
    id: "since",
    header: t("admin.people.since"),
    cell: (row) => <time dateTime={row.date_joined}>{exactTime(row.date_joined)}</time>,
  },
];

type Panel = "import" | "new" | null;

function Actions({ onOpen }: { onOpen: (panel: Panel) => void }) {
  const exporting = useExport();
  return (
    <>
      <Button variant="default" onClick={() => onOpen("import")}>
        {t("admin.people.import")}
      </Button>
      <Button variant="default" loading={exporting.isPending} onClick={() => exporting.mutate()}>
        {t("admin.people.export")}
      </Button>
      <Button onClick={() => onOpen("new")}>{t("admin.people.add")}</Button>
      {exporting.isError && (
        <div role="alert">
          <Banner tone="late">{problemText(exporting.error)}</Banner>
        </div>
      )}
    </>
  );
}

function People() {
  const search = readPeople(useSearch({ strict: false }));
  const navigate = useNavigate();
  const [panel, setPanel] = useState<Panel>(null);
  const people = usePeople(search);
  const change = useCallback(
    (next: PeopleSearch) => void navigate({ to: "/admin/people", search: next, replace: true }),
    [navigate],
  );
  return (
    <div className={classes.page}>
      <PageHead title={t("administration.people")} hint={t("admin.people.hint")}>
        <Actions onOpen={setPanel} />
      </PageHead>
      <Filters search={search} onChange={change} />
      <PagedTable
        label={t("administration.people")}
        query={people}
        columns={columns()}
        keyOf={(row) => row.id}
        empty={{
          icon: "user",
          title: t("admin.people.empty"),
          hint: t("admin.people.emptyHint"),
        }}
        onClear={isFiltered(search) ? () => change({}) : undefined}
        page={search.page ?? 1}
        onPage={(page) => change(readPeople({ ...search, page }))}
      />
      <Boundary key={panel}>
        <Suspense fallback={null}>
          {panel === "import" && <ImportDialog onClose={() => setPanel(null)} />}
          {panel === "new" && <NewPersonDialog onClose={() => setPanel(null)} />}
        </Suspense>
      </Boundary>
    </div>
  );
}

export function PeoplePage() {
  return (
    <Guard need="home">
      <People />
    </Guard>
  );
}
