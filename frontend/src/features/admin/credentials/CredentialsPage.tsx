import { Button } from "@mantine/core";
import { useState } from "react";
import { serverNow } from "@/shared/lib/clock";
import { t } from "@/shared/lib/i18n";
import { exactTime } from "@/shared/lib/time";
import type { Column } from "../parts/DataTable";
import { Guard } from "../parts/Guard";
import { Mark, Tags } from "../parts/Mark";
import { PagedTable } from "../parts/PagedTable";
import { PageHead } from "../parts/PageHead";
import classes from "../parts/Admin.module.css";
import { useCredentials } from "./api";
import { CreateDialog } from "./CreateDialog";
import type { Credential, Kind, Shown } from "./kinds";
import { RevokeDialog } from "./RevokeDialog";
import { RotateDialog } from "./RotateDialog";
import { SecretDialog } from "./SecretDialog";

type Opened =
  | { kind: "create" }
  | { kind: "rotate" | "revoke"; row: Credential }
  | { kind: "secret"; shown: Shown }
  | null;

const isOver = ({ expires_at }: Credential) =>
  expires_at !== null && Date.parse(expires_at) <= serverNow();

function StateMark({ row }: { row: Credential }) {
  if (row.revoked_at !== null) return <Mark tone="late">{t("admin.credential.revoked")}</Mark>;
  if (isOver(row)) return <Mark tone="warn">{t("admin.credential.over")}</Mark>;
  return <Mark tone="ok">{t("admin.credential.good")}</Mark>;
}

function Actions({ row, onOpen }: { row: Credential; onOpen: (opened: Opened) => void }) {
  if (row.revoked_at !== null) return null;
  const { name } = row;
  return (
    <span className={classes.rowButtons}>
      <Button
        variant="default"
        aria-label={t("admin.credential.rotateTitle", { name })}
        onClick={() => onOpen({ kind: "rotate", row })}
      >
        {t("admin.credential.rotate")}
      </Button>
      <Button
        variant="default"
        aria-label={t("admin.credential.revokeTitle", { name })}
        onClick={() => onOpen({ kind: "revoke", row })}
      >
        {t("admin.credential.revoke")}
      </Button>
    </span>
  );
}

const when = (iso: string | null, never: string) => (iso === null ? never : exactTime(iso));

function columnsFor(kind: Kind, onOpen: (opened: Opened) => void): Column<Credential>[] {
  const columns: Column<Credential>[] = [
    {
      id: "name",
      header: t("admin.name"),
      isMain: true,
      cell: (row) => (
        <>
          {row.name}
          <span className={classes.sub}>
            <span className={classes.mono}>
              {kind === "keys" ? t("admin.keys.begins", { prefix: row.publicId }) : row.publicId}
            </span>
          </span>
        </>
      ),
    },
    {
      id: "scopes",
      header: t("admin.credential.scopes"),
      cell: (row) => <Tags words={row.scopes} />,
    },
    {
      id: "audiences",
      header: t("admin.clients.audiences"),
      cell: (row) => <Tags words={row.audiences} />,
    },
    { id: "state", header: t("admin.state"), cell: (row) => <StateMark row={row} /> },
    {
      id: "until",
      header: t("admin.credential.untilShort"),
      cell: (row) => when(row.expires_at, t("admin.never")),
    },
    {
      id: "used",
      header: t("admin.credential.used"),
      cell: (row) => when(row.last_used_at, t("admin.never")),
    },
    { id: "by", header: t("admin.credential.by"), cell: (row) => row.created_by },
    {
      id: "actions",
      header: t("admin.actions"),
      isActions: true,
      cell: (row) => <Actions row={row} onOpen={onOpen} />,
    },
  ];
  return kind === "clients" ? columns : columns.filter(({ id }) => id !== "audiences");
}

interface DialogsProps {
  kind: Kind;
  opened: Opened;
  onOpen: (opened: Opened) => void;
}

function Dialogs({ kind, opened, onOpen }: DialogsProps) {
  const onClose = () => onOpen(null);
  const onShown = (shown: Shown) => onOpen({ kind: "secret", shown });
  switch (opened?.kind) {
    case "create":
      return <CreateDialog kind={kind} onShown={onShown} onClose={onClose} />;
    case "rotate":
      return <RotateDialog kind={kind} row={opened.row} onShown={onShown} onClose={onClose} />;
    case "revoke":
      return <RevokeDialog kind={kind} row={opened.row} onClose={onClose} />;
    case "secret":
      return <SecretDialog shown={opened.shown} onDone={onClose} />;
    default:
      return null;
  }
}

function Credentials({ kind }: { kind: Kind }) {
  const [page, setPage] = useState(1);
  const [opened, setOpened] = useState<Opened>(null);
  const credentials = useCredentials(kind, page);
  const add = (
    <Button onClick={() => setOpened({ kind: "create" })}>{t(`admin.${kind}.add`)}</Button>
  );
  return (
    <div className={classes.page}>
      <PageHead title={t(`administration.${kind}`)} hint={t(`admin.${kind}.hint`)}>
        {add}
      </PageHead>
      <PagedTable
        label={t(`administration.${kind}`)}
        query={credentials}
        columns={columnsFor(kind, setOpened)}
        keyOf={(row) => row.id}
        empty={{
          icon: "lock",
          title: t(`admin.${kind}.empty`),
          hint: t(`admin.${kind}.emptyHint`),
        }}
        page={page}
        onPage={setPage}
      />
      <Dialogs kind={kind} opened={opened} onOpen={setOpened} />
    </div>
  );
}

export function ApiKeysPage() {
  return (
    <Guard need="home">
      <Credentials kind="keys" />
    </Guard>
  );
}

export function ServiceClientsPage() {
  return (
    <Guard need="home">
      <Credentials key="clients" kind="clients" />
    </Guard>
  );
}
