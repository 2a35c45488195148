import { t } from "@/shared/lib/i18n";
import { ProofForm } from "@/shared/proof/ProofForm";
import { Dialog } from "@/shared/ui/Dialog";
import { useDisable } from "../api/profile";

interface Props {
  /** A role demands a second factor: until there is another, everything else is closed. */
  isDemanded: boolean;
  onClose: () => void;
}

export function DisableDialog({ isDemanded, onClose }: Props) {
  const disable = useDisable();
  return (
    <Dialog title={t("profile.factorDisable")} onClose={onClose} size="sm">
      <ProofForm
        submit={t("profile.factorDisable")}
        isDanger
        isBusy={disable.isPending}
        error={disable.error}
        onProve={(proof) => disable.mutate(proof, { onSuccess: onClose })}
        onCancel={onClose}
      >
        {t(isDemanded ? "profile.disableDemanded" : "profile.disableHint")}
      </ProofForm>
    </Dialog>
  );
}
