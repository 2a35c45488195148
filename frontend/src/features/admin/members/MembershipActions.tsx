import { Button } from "@mantine/core";
import { useState } from "react";
import { session } from "@/shared/api/session";
import { t } from "@/shared/lib/i18n";
import { faultsOf } from "../model/faults";
import { tell } from "../model/notice";
import { ActionDialog } from "../parts/ActionDialog";
import classes from "../parts/Admin.module.css";
import { useSwitchMembership, useTakeRole, type Membership } from "./api";

interface DialogProps {
  row: Membership;
  onClose: () => void;
}

function SuspendDialog({ row, onClose }: DialogProps) {
  const change = useSwitchMembership();
  const names = { role: row.role_name, person: row.full_name };
  return (
    <ActionDialog
      title={t("admin.members.suspendTitle", names)}
      submit={t("admin.members.suspend")}
      isDanger
      isBusy={change.isPending}
      problem={faultsOf(change.error, []).general}
      onClose={onClose}
      onSubmit={() =>
        change.mutate(
          { row, isActive: false },
          {
            onSuccess: () => {
              tell(t("admin.members.suspended", names));
              onClose();
            },
          },
        )
      }
    >
      <p className={classes.text}>{t("admin.members.suspendHint", names)}</p>
    </ActionDialog>
  );
}

function TakeDialog({ row, onClose }: DialogProps) {
  const take = useTakeRole();
  const names = { role: row.role_name, person: row.full_name };
  return (
    <ActionDialog
      title={t("admin.members.takeTitle", names)}
      submit={t("admin.members.take")}
      isDanger
      isBusy={take.isPending}
      problem={faultsOf(take.error, []).general}
      onClose={onClose}
      onSubmit={() =>
        take.mutate(row, {
          onSuccess: () => {
            tell(t("admin.members.taken", names));
            onClose();
          },
        })
      }
    >
      <p className={classes.text}>{t("admin.members.takeHint", names)}</p>
    </ActionDialog>
  );
}

/** Suspend or wake a membership, or end it. Nobody does this to themselves. */
export function MembershipActions({ row }: { row: Membership }) {
  const [asks, setAsks] = useState<"suspend" | "take" | null>(null);
  const wake = useSwitchMembership();
  if (row.user_id === session.state.get().person?.id) {
    return <span className={classes.sub}>{t("admin.members.own")}</span>;
  }
  const names = { role: row.role_name, person: row.full_name };
  const close = () => setAsks(null);
  const problem = faultsOf(wake.error, []).general;
  return (
    <>
      <span className={classes.rowButtons}>
        {row.is_active ? (
          <Button
            variant="default"
            aria-label={t("admin.members.suspendOne", names)}
            onClick={() => setAsks("suspend")}
          >
            {t("admin.members.suspend")}
          </Button>
        ) : (
          <Button
            variant="default"
            loading={wake.isPending}
            aria-label={t("admin.members.wakeOne", names)}
            onClick={() =>
              wake.mutate(
                { row, isActive: true },
                { onSuccess: () => tell(t("admin.members.woken", names)) },
              )
            }
          >
            {t("admin.members.wake")}
          </Button>
        )}
        <Button
          variant="default"
          aria-label={t("admin.members.takeOne", names)}
          onClick={() => setAsks("take")}
        >
          {t("admin.members.take")}
        </Button>
      </span>
      {problem !== null && (
        <p className={classes.fault} role="alert">
          {problem}
        </p>
      )}
      {asks === "suspend" && <SuspendDialog row={row} onClose={close} />}
      {asks === "take" && <TakeDialog row={row} onClose={close} />}
    </>
  );
}
