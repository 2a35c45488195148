import { Button, Loader } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { session } from "@/shared/api/session";
import { useObservable } from "@/shared/lib/observable";
import { problemText } from "@/shared/lib/problem";
import { t } from "@/shared/lib/i18n";
import { usePageTitle } from "@/shared/lib/title";
import { mustSetUp, useSecondFactor } from "@/shared/proof/secondFactor";
import { Banner } from "@/shared/ui/Banner";
import { Message } from "@/shared/ui/Message";
import { useMe } from "../api/profile";
import { AvailabilityForm } from "./AvailabilityForm";
import { DetailsForm } from "./DetailsForm";
import { EmailForm } from "./EmailForm";
import { PasswordForm } from "./PasswordForm";
import { SecondFactor } from "./SecondFactor";
import { Sessions } from "./Sessions";
import classes from "./Profile.module.css";

export function ProfilePage() {
  usePageTitle(t("profile.title"));
  const factor = useSecondFactor();
  const isLimited = mustSetUp(factor.data);
  const isOpen = !isLimited && !factor.isPending;
  return (
    <div className={classes.page}>
      <div className={classes.column}>
        <h1 className={classes.heading}>{t("profile.title")}</h1>
        <SetUpFirst isLimited={isLimited} />
        {isOpen && <Details />}
        {isOpen && <Work />}
        <SecondFactor />
        {isOpen && (
          <>
            <Sessions />
            <PasswordForm />
          </>
        )}
      </div>
    </div>
  );
}

/** Why the page is so short, and once it is not any more, the way on. */
function SetUpFirst({ isLimited }: { isLimited: boolean }) {
  const [wasLimited, setWasLimited] = useState(false);
  if (isLimited && !wasLimited) setWasLimited(true);
  if (isLimited) {
    return (
      <Banner tone="warn">
        <strong>{t("profile.setUpFirst")}</strong> {t("profile.setUpFirstHint")}
      </Banner>
    );
  }
  if (!wasLimited) return null;
  return (
    <Banner tone="ok">
      {t("profile.setUpDone")} <Link to="/">{t("error.home")}</Link>
    </Banner>
  );
}

/** Only whoever works on tickets can be away from them. */
function Work() {
  const { person } = useObservable(session.state);
  const works = person?.roles.some(({ system }) => system === "tts") === true;
  return works ? <AvailabilityForm /> : null;
}

function Details() {
  const me = useMe();
  if (me.data !== undefined) {
    return (
      <>
        <DetailsForm me={me.data} />
        <EmailForm me={me.data} />
      </>
    );
  }
  if (me.isPending) return <Loader size="sm" aria-label={t("common.loading")} />;
  return (
    <Message icon="alert" title={problemText(me.error)} alert>
      <Button variant="default" onClick={() => void me.refetch()}>
        {t("common.retry")}
      </Button>
    </Message>
  );
}
