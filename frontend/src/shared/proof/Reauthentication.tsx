import { useMutation } from "@tanstack/react-query";
import { auth, bodyOf } from "@/shared/api/client";
import { reauthentication } from "@/shared/api/reauthentication";
import { t } from "@/shared/lib/i18n";
import { Dialog } from "@/shared/ui/Dialog";
import "@/shared/lib/texts.people";
import { ProofForm, type Proof } from "./ProofForm";

const useReauthenticate = () =>
  useMutation({
    mutationFn: ({ password, code }: Proof) =>
      bodyOf(
        auth.POST("/api/v1/reauthenticate/", { body: { password, ...(code !== "" && { code }) } }),
      ),
  });

/** Opens over the page when the server wants the password once more; then the call goes on. */
export default function Reauthentication() {
  const prove = useReauthenticate();
  const leave = () => reauthentication.answer(false);
  return (
    <Dialog title={t("proof.title")} size="sm" onClose={leave}>
      <ProofForm
        submit={t("proof.confirm")}
        isBusy={prove.isPending}
        error={prove.error}
        onProve={(proof) => prove.mutate(proof, { onSuccess: () => reauthentication.answer(true) })}
        onCancel={leave}
      >
        {t("proof.hint")}
      </ProofForm>
    </Dialog>
  );
}
