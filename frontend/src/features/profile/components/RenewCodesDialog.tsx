import { t } from "@/shared/lib/i18n";
import { ProofForm } from "@/shared/proof/ProofForm";
import { Dialog } from "@/shared/ui/Dialog";
import { useRenewCodes } from "../api/profile";
import { RecoveryCodes } from "./RecoveryCodes";

export function RenewCodesDialog({ onClose }: { onClose: () => void }) {
  const renew = useRenewCodes();
  if (renew.data !== undefined) {
    return <RecoveryCodes codes={renew.data.recovery_codes} onDone={onClose} />;
  }
  return (
    <Dialog title={t("profile.renewCodes")} onClose={onClose} size="sm">
      <ProofForm
        submit={t("profile.renewCodes")}
        isBusy={renew.isPending}
        error={renew.error}
        onProve={(proof) => renew.mutate(proof)}
        onCancel={onClose}
      >
        {t("profile.renewHint")}
      </ProofForm>
    </Dialog>
  );
}
