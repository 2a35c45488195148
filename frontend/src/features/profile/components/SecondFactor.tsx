import { Button, Loader } from "@mantine/core";
import { useState } from "react";
import type { components } from "@/shared/api/generated/auth";
import { t } from "@/shared/lib/i18n";
import { problemText } from "@/shared/lib/problem";
import { Banner } from "@/shared/ui/Banner";
import { useSecondFactor } from "../api/profile";
import { DisableDialog } from "./DisableDialog";
import { Section } from "./Section";
import { SetUpDialog } from "./SetUpDialog";
import classes from "./Profile.module.css";

type Status = components["schemas"]["StatusOut"];
type Wanted = "totp" | "email" | "disable";

export function SecondFactor() {
  const factor = useSecondFactor();
  const [wanted, setWanted] = useState<Wanted | null>(null);
  const close = () => setWanted(null);
  return (
    <Section title={t("profile.factor")}>
      {factor.isPending && <Loader size="sm" aria-label={t("common.loading")} />}
      {factor.isError && <Banner tone="late">{problemText(factor.error)}</Banner>}
      {factor.data?.method === "none" && <IsOff status={factor.data} onWant={setWanted} />}
      {factor.data !== undefined && factor.data.method !== "none" && (
        <IsOn status={factor.data} onWant={setWanted} />
      )}
      {wanted === "disable" && <DisableDialog onClose={close} />}
      {(wanted === "totp" || wanted === "email") && <SetUpDialog method={wanted} onClose={close} />}
    </Section>
  );
}

interface Props {
  status: Status;
  onWant: (wanted: Wanted) => void;
}

function IsOff({ status, onWant }: Props) {
  return (
    <>
      <p className={classes.hint}>
        {t(status.required ? "profile.factorDemanded" : "profile.factorOff")}
      </p>
      <div className={classes.buttons}>
        <Button size="sm" onClick={() => onWant("totp")}>
          {t("profile.factorApp")}
        </Button>
        <Button size="sm" variant="default" onClick={() => onWant("email")}>
          {t("profile.factorMail")}
        </Button>
      </div>
    </>
  );
}

function IsOn({ status, onWant }: Props) {
  return (
    <>
      <p className={classes.hint}>
        {t(status.method === "totp" ? "profile.factorIsApp" : "profile.factorIsMail")}{" "}
        {t("profile.codesLeft", { count: status.recovery_codes_left })}
      </p>
      <div className={classes.buttons}>
        <Button size="sm" variant="default" onClick={() => onWant("disable")}>
          {t("profile.factorDisable")}
        </Button>
      </div>
    </>
  );
}
