import { Button } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { t } from "@/shared/lib/i18n";
import { exactTime } from "@/shared/lib/time";
import { nameOf } from "../model/names";
import { REGISTRATION_STATES, type RegistrationState } from "../model/states";
import { reader } from "../model/tabs";
import type { Column } from "../parts/DataTable";
import { Guard } from "../parts/Guard";
import { PagedTable } from "../parts/PagedTable";
import { PageHead } from "../parts/PageHead";
import { Tabs } from "../parts/Tabs";
import classes from "../parts/Admin.module.css";
import { useRegistrations, type Registration } from "./api";
import { ApproveDialog, RejectDialog } from "./DecisionDialogs";

const readRegistrations = reader(REGISTRATION_STATES);

type Decision = { kind: "approve" | "reject"; row: Registration } | null;

function Actions({ row, onAsk }: { row: Registration; onAsk: (decision: Decision) => void }) {
  const person = nameOf(row);
  return (
    <span className={classes.rowButtons}>
      <Button
        variant="default"
        aria-label={t("admin.registrations.approveTitle", { person })}
        onClick={() => onAsk({ kind: "approve", row })}
      >
        {t("admin.registrations.approve")}
      </Button>
      <Button
        variant="default"
        aria-label={t("admin.registrations.rejectTitle", { person })}
        onClick={() => onAsk({ kind: "reject", row })}
      >
        {t("admin.registrations.reject")}
      </Button>
    </span>
  );
}

const common = (): Column<Registration>[] => [
  {
    id: "name",
    header: t("admin.name"),
    isMain: true,
    cell: (row) => (
      <>
        {nameOf(row)}
        <span className={classes.sub}>{row.username}</span>
      </>
    ),
  },
  { id: "email", header: t("account.email"), cell: (row) => row.email },
  {
    id: "asked",
    header: t("admin.registrations.asked"),
    cell: (row) => <time dateTime={row.created_at}>{exactTime(row.created_at)}</time>,
  },
];

const decided = (): Column<Registration>[] => [
  {
    id: "decided",
    header: t("admin.registrations.decided"),
    cell: (row) => (row.decided_at === null ? "" : exactTime(row.decided_at)),
  },
  { id: "by", header: t("admin.registrations.by"), cell: (row) => row.decided_by ?? "" },
];

function columnsFor(
  state: RegistrationState,
  onAsk: (decision: Decision) => void,
): Column<Registration>[] {
  if (state === "pending") {
    const cell = (row: Registration) => <Actions row={row} onAsk={onAsk} />;
    return [...common(), { id: "actions", header: t("admin.actions"), isActions: true, cell }];
  }
  if (state === "approved") return [...common(), ...decided()];
  const reason: Column<Registration> = {
    id: "reason",
    header: t("admin.registrations.reason"),
    cell: (row) => row.reason,
  };
  return [...common(), ...decided(), reason];
}

function Registrations() {
  const search = readRegistrations(useSearch({ strict: false }));
  const state = (search.state ?? "pending") as RegistrationState;
  const page = search.page ?? 1;
  const navigate = useNavigate();
  const [decision, setDecision] = useState<Decision>(null);
  const registrations = useRegistrations(state, page);
  const close = () => setDecision(null);
  return (
    <div className={classes.page}>
      <PageHead title={t("administration.registrations")} hint={t("admin.registrations.hint")} />
      <Tabs
        label={t("admin.registrations.states")}
        to="/admin/registrations"
        active={state}
        tabs={REGISTRATION_STATES.map((each) => ({
          state: each,
          title: t(`admin.registrations.state.${each}`),
        }))}
      />
      <PagedTable
        label={t("administration.registrations")}
        query={registrations}
        columns={columnsFor(state, setDecision)}
        keyOf={(row) => row.id}
        empty={{
          icon: "check",
          title: t(`admin.registrations.empty.${state}`),
          hint: t("admin.registrations.emptyHint"),
        }}
        page={page}
        onPage={(next) =>
          void navigate({
            to: "/admin/registrations",
            search: readRegistrations({ ...search, page: next }),
          })
        }
      />
      {decision?.kind === "approve" && <ApproveDialog row={decision.row} onClose={close} />}
      {decision?.kind === "reject" && <RejectDialog row={decision.row} onClose={close} />}
    </div>
  );
}

export function RegistrationsPage() {
  return (
    <Guard need="home">
      <Registrations />
    </Guard>
  );
}
