import { Loader } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { bodyOf, open } from "@/shared/api/client";
import { t } from "@/shared/lib/i18n";
import { Banner } from "@/shared/ui/Banner";
import { openProblem, useLinkToken } from "../model";
import { Card } from "./Card";
import { NewPassword } from "./NewPassword";
import { OpenForm, ToSignIn } from "./OpenForm";
import { PersonFields } from "./PersonFields";
import classes from "./SignIn.module.css";

export function InvitationPage() {
  const token = useLinkToken();
  const invitation = useQuery({
    queryKey: ["invitation", token],
    queryFn: () => bodyOf(open.POST("/api/v1/invitations/check/", { body: { token } })),
    enabled: token !== "",
    staleTime: Infinity,
    retry: false,
  });
  return (
    <Card title={t("account.invitationTitle")}>
      {token === "" || invitation.isError ? (
        <>
          <div role="alert">
            <Banner tone="late">
              {invitation.isError ? openProblem(invitation.error) : t("account.linkBroken")}
            </Banner>
          </div>
          <ToSignIn />
        </>
      ) : invitation.data === undefined ? (
        <Loader size="sm" aria-label={t("common.loading")} />
      ) : (
        <>
          <p className={classes.hint}>
            {t("account.invitationHint", { email: invitation.data.email })}
          </p>
          <OpenForm
            submit={t("account.invitationSubmit")}
            onSubmit={async (values) => {
              const { username = "", password = "" } = values;
              const { first_name = "", last_name = "" } = values;
              const answer = await bodyOf(
                open.POST("/api/v1/invitations/accept/", {
                  body: { token, username, password, first_name, last_name },
                }),
              );
              return answer.message;
            }}
          >
            {(faults) => (
              <>
                <PersonFields
                  faults={faults}
                  firstName={invitation.data.first_name}
                  lastName={invitation.data.last_name}
                />
                <NewPassword name="password" faults={faults["password"]} />
              </>
            )}
          </OpenForm>
        </>
      )}
    </Card>
  );
}
