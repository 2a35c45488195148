import { bodyOf, open } from "@/shared/api/client";
import { t } from "@/shared/lib/i18n";
import { Banner } from "@/shared/ui/Banner";
import { useLinkToken } from "../model";
import { Card } from "./Card";
import { OpenForm, ToSignIn } from "./OpenForm";
import classes from "./SignIn.module.css";

/** A link from a mail: scanners of mail open links too, so that a person presses the button. */
export function ConfirmEmailPage() {
  const token = useLinkToken();
  return (
    <Card title={t("account.confirmTitle")}>
      {token === "" ? (
        <>
          <Banner tone="late">{t("account.linkBroken")}</Banner>
          <ToSignIn />
        </>
      ) : (
        <OpenForm
          submit={t("account.confirmSubmit")}
          onSubmit={async () => {
            const answer = await bodyOf(open.POST("/email/confirm/", { body: { token } }));
            return t("account.confirmDone", { email: answer.email });
          }}
        >
          {() => <p className={classes.hint}>{t("account.confirmHint")}</p>}
        </OpenForm>
      )}
    </Card>
  );
}
