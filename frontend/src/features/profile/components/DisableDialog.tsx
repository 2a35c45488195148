import { Button } from "@mantine/core";
import type { FormEvent } from "react";
import { ApiError } from "@/shared/api/errors";
import { t } from "@/shared/lib/i18n";
import { problemText } from "@/shared/lib/problem";
import { Banner } from "@/shared/ui/Banner";
import { Dialog } from "@/shared/ui/Dialog";
import { useDisable } from "../api/profile";
import { CodeField, PasswordField, textOf } from "./ProofFields";
import classes from "./Profile.module.css";

export function DisableDialog({ onClose }: { onClose: () => void }) {
  const disable = useDisable();
  const faults = disable.error instanceof ApiError ? disable.error.fields : {};

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const code = textOf(form, "code").replaceAll(/\s/g, "");
    disable.mutate({ password: textOf(form, "password"), code }, { onSuccess: onClose });
  }

  return (
    <Dialog title={t("profile.factorDisable")} onClose={onClose} size="sm">
      <form className={classes.form} onSubmit={submit} noValidate>
        <p className={classes.hint}>{t("profile.disableHint")}</p>
        {disable.isError && (
          <div role="alert">
            <Banner tone="late">{problemText(disable.error)}</Banner>
          </div>
        )}
        <PasswordField error={faults["password"]?.[0]} />
        <CodeField error={faults["code"]?.[0]} />
        <Button type="submit" color="red" loading={disable.isPending}>
          {t("profile.factorDisable")}
        </Button>
      </form>
    </Dialog>
  );
}
