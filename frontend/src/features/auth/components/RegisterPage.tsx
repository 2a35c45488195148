import { bodyOf, open } from "@/shared/api/client";
import { t } from "@/shared/lib/i18n";
import { Card } from "./Card";
import { NewPassword } from "./NewPassword";
import { OpenForm } from "./OpenForm";
import { PersonFields } from "./PersonFields";
import classes from "./SignIn.module.css";

export function RegisterPage() {
  return (
    <Card title={t("account.registerTitle")}>
      <p className={classes.hint}>{t("account.registerHint")}</p>
      <OpenForm
        submit={t("account.registerSubmit")}
        onSubmit={async (values) => {
          const { username = "", email = "", password = "" } = values;
          const { first_name = "", last_name = "" } = values;
          const answer = await bodyOf(
            open.POST("/register/", {
              body: { username, email, password, first_name, last_name },
            }),
          );
          return answer.message;
        }}
      >
        {(faults) => (
          <>
            <PersonFields faults={faults} withEmail />
            <NewPassword name="password" faults={faults["password"]} />
          </>
        )}
      </OpenForm>
    </Card>
  );
}
