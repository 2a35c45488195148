import { TextInput } from "@mantine/core";
import { bodyOf, open } from "@/shared/api/client";
import { t } from "@/shared/lib/i18n";
import { Card } from "./Card";
import { OpenForm } from "./OpenForm";
import classes from "./SignIn.module.css";

export function ForgotPage() {
  return (
    <Card title={t("account.forgotTitle")}>
      <p className={classes.hint}>{t("account.forgotHint")}</p>
      <OpenForm
        submit={t("account.forgotSubmit")}
        onSubmit={async ({ email = "" }) => {
          const answer = await bodyOf(open.POST("/password/forgot/", { body: { email } }));
          return answer.message;
        }}
      >
        {(faults) => (
          <TextInput
            name="email"
            type="email"
            label={t("account.email")}
            error={faults["email"]?.[0]}
            autoComplete="email"
            autoFocus
          />
        )}
      </OpenForm>
    </Card>
  );
}
