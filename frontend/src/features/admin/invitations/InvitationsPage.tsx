import { Button } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { t } from "@/shared/lib/i18n";
import { exactTime } from "@/shared/lib/time";
import { faultsOf } from "../model/faults";
import { nameOf } from "../model/names";
import { tell } from "../model/notice";
import { INVITATION_STATES, type InvitationState } from "../model/states";
import { reader } from "../model/tabs";
import type { Column } from "../parts/DataTable";
import { Guard } from "../parts/Guard";
import { Tags } from "../parts/Mark";
import { PagedTable } from "../parts/PagedTable";
import { PageHead } from "../parts/PageHead";
import { Tabs } from "../parts/Tabs";
import classes from "../parts/Admin.module.css";
import { useInvitations, useResend, type Invitation } from "./api";
import { InviteDialog } from "./InviteDialog";
import { RevokeDialog } from "./RevokeDialog";

const readInvitations = reader(INVITATION_STATES);

function Actions({ row, onRevoke }: { row: Invitation; onRevoke: () => void }) {
  const resend = useResend();
  const problem = faultsOf(resend.error, []).general;
  const { email } = row;
  return (
    <>
      <span className={classes.rowButtons}>
        <Button
          variant="default"
          loading={resend.isPending}
          aria-label={t("admin.invitations.resendOne", { email })}
          onClick={() =>
            resend.mutate(row, { onSuccess: () => tell(t("admin.invitations.resent", { email })) })
          }
        >
          {t("admin.invitations.resend")}
        </Button>
        {row.state === "pending" && (
          <Button
            variant="default"
            aria-label={t("admin.invitations.revokeTitle", { email })}
            onClick={onRevoke}
          >
            {t("admin.invitations.revoke")}
          </Button>
        )}
      </span>
      {problem !== null && (
        <p className={classes.fault} role="alert">
          {problem}
        </p>
      )}
    </>
  );
}

const MENDABLE = ["pending", "expired"];

function columnsFor(
  state: InvitationState,
  onRevoke: (row: Invitation) => void,
): Column<Invitation>[] {
  const columns: Column<Invitation>[] = [
    {
      id: "email",
      header: t("account.email"),
      isMain: true,
      cell: (row) => (
        <>
          {row.email}
          {nameOf({ ...row, email: "" }) !== "" && (
            <span className={classes.sub}>{nameOf({ ...row, email: "" })}</span>
          )}
        </>
      ),
    },
    {
      id: "roles",
      header: t("administration.roles"),
      cell: (row) =>
        row.roles.length === 0 ? (
          <span className={classes.sub}>{t("admin.invitations.noRoles")}</span>
        ) : (
          <Tags words={row.roles.map(({ role_name, system }) => `${role_name} (${system})`)} />
        ),
    },
    { id: "by", header: t("admin.invitations.by"), cell: (row) => row.invited_by },
    {
      id: "sent",
      header: t("admin.invitations.sentAt"),
      cell: (row) => <time dateTime={row.created_at}>{exactTime(row.created_at)}</time>,
    },
    {
      id: "until",
      header: t("admin.invitations.until"),
      cell: (row) => <time dateTime={row.expires_at}>{exactTime(row.expires_at)}</time>,
    },
  ];
  if (!MENDABLE.includes(state)) return columns;
  return [
    ...columns,
    {
      id: "actions",
      header: t("admin.actions"),
      isActions: true,
      cell: (row) => <Actions row={row} onRevoke={() => onRevoke(row)} />,
    },
  ];
}

function Invitations() {
  const search = readInvitations(useSearch({ strict: false }));
  const state = (search.state ?? "pending") as InvitationState;
  const page = search.page ?? 1;
  const navigate = useNavigate();
  const [isInviting, setIsInviting] = useState(false);
  const [revoked, setRevoked] = useState<Invitation | null>(null);
  const invitations = useInvitations(state, page);
  return (
    <div className={classes.page}>
      <PageHead title={t("administration.invitations")} hint={t("admin.invitations.hint")}>
        <Button onClick={() => setIsInviting(true)}>{t("admin.invitations.add")}</Button>
      </PageHead>
      <Tabs
        label={t("admin.invitations.states")}
        to="/admin/invitations"
        active={state}
        tabs={INVITATION_STATES.map((each) => ({
          state: each,
          title: t(`admin.invitations.state.${each}`),
        }))}
      />
      <PagedTable
        label={t("administration.invitations")}
        query={invitations}
        columns={columnsFor(state, setRevoked)}
        keyOf={(row) => row.id}
        empty={{
          icon: "inbox",
          title: t(`admin.invitations.empty.${state}`),
          hint: t("admin.invitations.emptyHint"),
        }}
        page={page}
        onPage={(next) =>
          void navigate({
            to: "/admin/invitations",
            search: readInvitations({ ...search, page: next }),
          })
        }
      />
      {isInviting && <InviteDialog onClose={() => setIsInviting(false)} />}
      {revoked !== null && <RevokeDialog row={revoked} onClose={() => setRevoked(null)} />}
    </div>
  );
}

export function InvitationsPage() {
  return (
    <Guard need="any">
      <Invitations />
    </Guard>
  );
}
