import { Button } from "@mantine/core";
import { useState } from "react";
import { session } from "@/shared/api/session";
import { t } from "@/shared/lib/i18n";
import { faultsOf } from "../model/faults";
import { tell } from "../model/notice";
import classes from "../parts/Admin.module.css";
import { TakeAwayDialog } from "../parts/TakeAwayDialog";
import { useSwitchMembership, useTakeRole, type Membership } from "./api";

interface DialogProps {
  row: Membership;
  onClose: () => void;
}

function SuspendDialog({ row, onClose }: DialogProps) {
  const names = { role: row.role_name, person: row.full_name };
  return (
    <TakeAwayDialog
      title={t("admin.members.suspendTitle", names)}
      submit={t("admin.members.suspend")}
      hint={t("admin.members.suspendHint", names)}
      done={t("admin.members.suspended", names)}
      act={useSwitchMembership()}
      values={{ row, isActive: false }}
      onClose={onClose}
    />
  );
}

function TakeDialog({ row, onClose }: DialogProps) {
  const names = { role: row.role_name, person: row.full_name };
  return (
    <TakeAwayDialog
      title={t("admin.members.takeTitle", names)}
      submit={t("admin.members.take")}
      hint={t("admin.members.takeHint", names)}
      done={t("admin.members.taken", names)}
      act={useTakeRole()}
      values={row}
      onClose={onClose}
    />
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
