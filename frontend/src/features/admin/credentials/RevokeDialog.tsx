import { t } from "@/shared/lib/i18n";
import { TakeAwayDialog } from "../parts/TakeAwayDialog";
import { useRevoke } from "./api";
import type { Credential, Kind } from "./kinds";

interface Props {
  kind: Kind;
  row: Credential;
  onClose: () => void;
}

export function RevokeDialog({ kind, row, onClose }: Props) {
  return (
    <TakeAwayDialog
      title={t("admin.credential.revokeTitle", { name: row.name })}
      submit={t("admin.credential.revoke")}
      hint={t(`admin.${kind}.revokeHint`)}
      done={t("admin.credential.revokedNote", { name: row.name })}
      act={useRevoke(kind, row.id)}
      values={undefined}
      onClose={onClose}
    />
  );
}
