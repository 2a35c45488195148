import { bodyOf, open } from "@/shared/api/client";
import { t } from "@/shared/lib/i18n";
import { Banner } from "@/shared/ui/Banner";
import { useLinkToken } from "../model";
import { Card } from "./Card";
import { NewPassword } from "./NewPassword";
import { OpenForm, ToSignIn } from "./OpenForm";
import classes from "./SignIn.module.css";

export function ResetPage() {
  const token = useLinkToken();
  return (
    <Card title={t("account.resetTitle")}>
      {token === "" ? (
        <>
          <Banner tone="late">{t("account.linkBroken")}</Banner>
          <ToSignIn />
        </>
      ) : (
        <>
          <p className={classes.hint}>{t("account.resetHint")}</p>
          <OpenForm
            submit={t("account.resetSubmit")}
            onSubmit={async ({ password = "" }) => {
              const answer = await bodyOf(
                open.POST("/password/reset/", { body: { token, password } }),
              );
              return answer.message;
            }}
          >
            {(faults) => <NewPassword name="password" faults={faults["password"]} />}
          </OpenForm>
        </>
      )}
    </Card>
  );
}
