import { Button, Loader } from "@mantine/core";
import { problemText } from "@/shared/lib/problem";
import { t } from "@/shared/lib/i18n";
import { Message } from "@/shared/ui/Message";
import { useMe } from "../api/profile";
import { DetailsForm } from "./DetailsForm";
import { PasswordForm } from "./PasswordForm";
import { SecondFactor } from "./SecondFactor";
import { Sessions } from "./Sessions";
import classes from "./Profile.module.css";

export function ProfilePage() {
  const me = useMe();
  return (
    <div className={classes.page}>
      <div className={classes.column}>
        <h1 className={classes.heading}>{t("profile.title")}</h1>
        {me.data !== undefined ? (
          <DetailsForm me={me.data} />
        ) : me.isError ? (
          <Message icon="alert" title={problemText(me.error)} alert>
            <Button variant="default" onClick={() => void me.refetch()}>
              {t("common.retry")}
            </Button>
          </Message>
        ) : (
          <Loader size="sm" aria-label={t("common.loading")} />
        )}
        <SecondFactor />
        <Sessions />
        <PasswordForm />
      </div>
    </div>
  );
}
