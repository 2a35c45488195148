import { Button } from "@mantine/core";
import { useState, type FormEvent, type ReactNode } from "react";
import { ApiError, type FactorMethod } from "@/shared/api/errors";
import { useCountdown } from "@/shared/lib/countdown";
import { codeOf, textOf } from "@/shared/lib/forms";
import { t } from "@/shared/lib/i18n";
import { MailCode } from "@/shared/proof/MailCode";
import { PasswordField } from "@/shared/proof/PasswordField";
import { BETWEEN_MAILS_S, useMailCode } from "@/shared/proof/secondFactor";
import { CodeBoxes } from "@/shared/ui/CodeBoxes";
import { Dialog } from "@/shared/ui/Dialog";
import { Problem } from "@/shared/ui/Problem";
import { useEnable, useSetUpTotp } from "../api/profile";
import { RecoveryCodes } from "./RecoveryCodes";
import classes from "./Profile.module.css";

interface Props {
  method: FactorMethod;
  onClose: () => void;
}

/** Password, then the code that proves that the second factor works, then the recovery codes. */
export function SetUpDialog({ method, onClose }: Props) {
  const enable = useEnable(method);
  // Kept for the second request only; it leaves with the dialog.
  const [password, setPassword] = useState<string | null>(null);
  const totp = useSetUpTotp();
  const email = useMailCode();
  const setUp = method === "totp" ? totp : email;

  const begin = (form: HTMLFormElement) => {
    const value = textOf(form, "password");
    setUp.mutate(value, { onSuccess: () => setPassword(value) });
  };

  if (enable.data !== undefined) {
    return <RecoveryCodes codes={enable.data.recovery_codes} onDone={onClose} />;
  }
  return (
    <Dialog
      title={t(method === "totp" ? "profile.factorApp" : "profile.factorMail")}
      onClose={onClose}
    >
      {password === null ? (
        <Step
          error={setUp.error}
          busy={setUp.isPending}
          submit={t("profile.goOn")}
          onSubmit={begin}
        >
          {(faults) => <PasswordField error={faults["password"]?.[0]} />}
        </Step>
      ) : (
        <Step
          error={enable.error ?? setUp.error}
          busy={enable.isPending}
          submit={t("profile.switchOn")}
          onSubmit={(form) => enable.mutate({ password, code: codeOf(form) })}
        >
          {(faults) => (
            <>
              {totp.data === undefined ? (
                <p className={classes.hint}>{t("profile.codeSent")}</p>
              ) : (
                <Scan svg={totp.data.qr_svg} secret={totp.data.secret} />
              )}
              <CodeBoxes name="code" label={t("session.code")} error={faults["code"]?.[0]} />
              {method === "email" && (
                <Resend isBusy={email.isPending} onSend={() => email.mutate(password)} />
              )}
            </>
          )}
        </Step>
      )}
    </Dialog>
  );
}

interface StepProps {
  error: Error | null;
  busy: boolean;
  submit: string;
  onSubmit: (form: HTMLFormElement) => void;
  children: (faults: Readonly<Record<string, string[]>>) => ReactNode;
}

function Step({ error, busy, submit, onSubmit, children }: StepProps) {
  const faults = error instanceof ApiError ? error.fields : {};
  const isToldAtField = "password" in faults || "code" in faults;
  function submitted(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    onSubmit(event.currentTarget);
  }
  return (
    <form className={classes.form} onSubmit={submitted} noValidate>
      {!isToldAtField && <Problem error={error} />}
      {children(faults)}
      <Button type="submit" loading={busy}>
        {submit}
      </Button>
    </form>
  );
}

function Resend({ isBusy, onSend }: { isBusy: boolean; onSend: () => void }) {
  const [wait, startWait] = useCountdown(BETWEEN_MAILS_S);
  const send = () => {
    startWait(BETWEEN_MAILS_S);
    onSend();
  };
  return (
    <div>
      <MailCode wait={wait} isBusy={isBusy} onSend={send} />
    </div>
  );
}

function Scan({ svg, secret }: { svg: string; secret: string }) {
  return (
    <>
      <p className={classes.hint}>{t("profile.scan")}</p>
      <img
        className={classes.qr}
        alt={t("profile.qr")}
        src={`data:image/svg+xml;utf8,${encodeURIComponent(svg)}`}
      />
      <p className={classes.hint}>
        {t("profile.typeSecret")} <span className={classes.secret}>{secret}</span>
      </p>
    </>
  );
}
