import { Button, PasswordInput, TextInput } from "@mantine/core";
import type { FormEvent } from "react";
import { ApiError } from "@/shared/api/errors";
import { textOf } from "@/shared/lib/forms";
import { t } from "@/shared/lib/i18n";
import { Banner } from "@/shared/ui/Banner";
import { Problem } from "@/shared/ui/Problem";
import { useSaveProfile, type Me } from "../api/profile";
import { Section } from "./Section";
import classes from "./Profile.module.css";

/** Another address counts once the link is opened that was mailed to it. */
export function EmailForm({ me }: { me: Me }) {
  const save = useSaveProfile();
  const faults = save.error instanceof ApiError ? save.error.fields : {};

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const email = textOf(form, "email").trim();
    const current_password = textOf(form, "current_password");
    save.mutate({ email, current_password }, { onSuccess: () => form.reset() });
  }

  return (
    <Section title={t("account.email")}>
      <p className={classes.hint}>{t("profile.emailNow", { email: me.email })}</p>
      {me.pending_email !== null && <Pending me={me} />}
      <form className={classes.form} onSubmit={submit} noValidate>
        {Object.keys(faults).length === 0 && <Problem error={save.error} />}
        <div className={classes.pair}>
          <TextInput
            name="email"
            type="email"
            label={t("profile.emailNew")}
            autoComplete="email"
            error={faults["email"]?.[0]}
          />
          <PasswordInput
            name="current_password"
            label={t("profile.currentPassword")}
            autoComplete="current-password"
            error={faults["current_password"]?.[0]}
            visibilityToggleButtonProps={{ "aria-label": t("session.show"), tabIndex: 0 }}
          />
        </div>
        <div className={classes.buttons}>
          <Button type="submit" size="sm" variant="default" loading={save.isPending}>
            {t("profile.emailChange")}
          </Button>
        </div>
      </form>
    </Section>
  );
}

/** Naming the address that one has takes back the other. */
function Pending({ me }: { me: Me }) {
  const withdraw = useSaveProfile();
  return (
    <>
      <Banner tone="warn">{t("profile.emailPending", { email: me.pending_email ?? "" })}</Banner>
      <Problem error={withdraw.error} />
      <div className={classes.buttons}>
        <Button
          variant="default"
          loading={withdraw.isPending}
          onClick={() => withdraw.mutate({ email: me.email })}
        >
          {t("profile.emailWithdraw")}
        </Button>
      </div>
    </>
  );
}
