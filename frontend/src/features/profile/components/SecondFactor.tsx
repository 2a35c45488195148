import { Button, Loader } from "@mantine/core";
import { useState } from "react";
import { t } from "@/shared/lib/i18n";
import { useSecondFactor, type FactorStatus } from "@/shared/proof/secondFactor";
import { Problem } from "@/shared/ui/Problem";
import { DisableDialog } from "./DisableDialog";
import { RenewCodesDialog } from "./RenewCodesDialog";
import { Section } from "./Section";
import { SetUpDialog } from "./SetUpDialog";
import classes from "./Profile.module.css";

type Wanted = "totp" | "email" | "codes" | "disable";

/** Fewer than this, and it is time for new ones. */
const FEW_CODES = 3;

export function SecondFactor() {
  const factor = useSecondFactor();
  const [wanted, setWanted] = useState<Wanted | null>(null);
  return (
    <Section title={t("profile.factor")}>
      {factor.isPending && <Loader size="sm" aria-label={t("common.loading")} />}
      <Problem error={factor.error} />
      {factor.data !== undefined && <State status={factor.data} onWant={setWanted} />}
      {wanted !== null && (
        <WantedDialog
          wanted={wanted}
          isDemanded={factor.data?.required === true}
          onClose={() => setWanted(null)}
        />
      )}
    </Section>
  );
}

interface WantedProps {
  wanted: Wanted;
  isDemanded: boolean;
  onClose: () => void;
}

function WantedDialog({ wanted, isDemanded, onClose }: WantedProps) {
  if (wanted === "disable") return <DisableDialog isDemanded={isDemanded} onClose={onClose} />;
  if (wanted === "codes") return <RenewCodesDialog onClose={onClose} />;
  return <SetUpDialog method={wanted} onClose={onClose} />;
}

interface Props {
  status: FactorStatus;
  onWant: (wanted: Wanted) => void;
}

function State(props: Props) {
  return props.status.method === "none" ? <IsOff {...props} /> : <IsOn {...props} />;
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
  const left = status.recovery_codes_left;
  return (
    <>
      <p className={classes.hint}>
        {t(status.method === "totp" ? "profile.factorIsApp" : "profile.factorIsMail")}{" "}
        {status.required && t("profile.factorDemanded")}
      </p>
      <p className={classes.hint} data-few={left < FEW_CODES || undefined}>
        {t("profile.codesLeft", { count: left })}
      </p>
      <div className={classes.buttons}>
        <Button size="sm" variant="default" onClick={() => onWant("codes")}>
          {t("profile.renewCodes")}
        </Button>
        <Button size="sm" variant="default" onClick={() => onWant("disable")}>
          {t("profile.factorDisable")}
        </Button>
      </div>
    </>
  );
}
