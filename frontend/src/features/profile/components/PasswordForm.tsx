import { Button, PasswordInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { ApiError } from "@/shared/api/errors";
import { session } from "@/shared/api/session";
import { t } from "@/shared/lib/i18n";
import { problemText } from "@/shared/lib/problem";
import { Banner } from "@/shared/ui/Banner";
import { useChangePassword } from "../api/profile";
import { Section } from "./Section";
import classes from "./Profile.module.css";

/** A new password ends every session, this one too: sign-in follows. */
export function PasswordForm() {
  const change = useChangePassword();
  const [values, setValues] = useState({ current_password: "", new_password: "" });
  const faults = change.error instanceof ApiError ? change.error.fields : {};
  const field = (name: keyof typeof values) => ({
    value: values[name],
    error: faults[name]?.join(" "),
    onChange: (event: { currentTarget: { value: string } }) =>
      setValues({ ...values, [name]: event.currentTarget.value }),
    visibilityToggleButtonProps: { "aria-label": t("session.show"), tabIndex: 0 },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    change.mutate(values, { onSuccess: () => void session.signOut() });
  }

  return (
    <Section title={t("profile.password")}>
      <p className={classes.hint}>{t("profile.passwordHint")}</p>
      <form className={classes.form} onSubmit={submit} noValidate>
        {change.isError && Object.keys(faults).length === 0 && (
          <div role="alert">
            <Banner tone="late">{problemText(change.error)}</Banner>
          </div>
        )}
        <div className={classes.pair}>
          <PasswordInput
            label={t("profile.currentPassword")}
            autoComplete="current-password"
            {...field("current_password")}
          />
          <PasswordInput
            label={t("account.newPassword")}
            autoComplete="new-password"
            {...field("new_password")}
          />
        </div>
        <div className={classes.buttons}>
          <Button type="submit" size="sm" variant="default" loading={change.isPending}>
            {t("profile.changePassword")}
          </Button>
        </div>
      </form>
    </Section>
  );
}
