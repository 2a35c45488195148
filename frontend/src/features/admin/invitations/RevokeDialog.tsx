import { t } from "@/shared/lib/i18n";
import { TakeAwayDialog } from "../parts/TakeAwayDialog";
import { useRevoke, type Invitation } from "./api";

export function RevokeDialog({ row, onClose }: { row: Invitation; onClose: () => void }) {
  const { email } = row;
  return (
    <TakeAwayDialog
      title={t("admin.invitations.revokeTitle", { email })}
      submit={t("admin.invitations.revoke")}
      hint={t("admin.invitations.revokeHint", { email })}
      done={t("admin.invitations.revoked", { email })}
      act={useRevoke(row)}
      values={undefined}
      onClose={onClose}
    />
  );
}
