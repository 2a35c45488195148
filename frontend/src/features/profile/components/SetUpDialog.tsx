import { Button } from "@mantine/core";
import { useState, type FormEvent, type ReactNode } from "react";
import { ApiError } from "@/shared/api/errors";
import { t } from "@/shared/lib/i18n";
import { problemText } from "@/shared/lib/problem";
import { Banner } from "@/shared/ui/Banner";
import { Dialog } from "@/shared/ui/Dialog";
import { useEnable, useSetUpEmail, useSetUpTotp } from "../api/profile";
import { CodeField, PasswordField, textOf } from "./ProofFields";
import { RecoveryCodes } from "./RecoveryCodes";
import classes from "./Profile.module.css";

interface Props {
  method: "totp" | "email";
  onClose: () => void;
}

/** Password, then the code that proves that the second factor works, then the recovery codes. */
export function SetUpDialog({ method, onClose }: Props) {
  const enable = useEnable(method);
  // Kept for the second request only; it leaves with the dialog.
  const [password, setPassword] = useState<string | null>(null);
  const title = t(method === "totp" ? "profile.factorApp" : "profile.factorMail");
  const totp = useSetUpTotp();
  const email = useSetUpEmail();
  const setUp = method === "totp" ? totp : email;

  const begin = (form: HTMLFormElement) => {
    const value = textOf(form, "password");
    setUp.mutate(value, { onSuccess: () => setPassword(value) });
  };
  const finish = (form: HTMLFormElement) => {
    const code = textOf(form, "code").replaceAll(/\s/g, "");
    enable.mutate({ password: password ?? "", code });
  };

  if (enable.data !== undefined) {
    return (
      <Dialog title={title} onClose={onClose}>
        <RecoveryCodes codes={enable.data.recovery_codes} onDone={onClose} />
      </Dialog>
    );
  }
  return (
    <Dialog title={title} onClose={onClose}>
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
          error={enable.error}
          busy={enable.isPending}
          submit={t("profile.switchOn")}
          onSubmit={finish}
        >
          {(faults) => (
            <>
              {totp.data === undefined ? (
                <p className={classes.hint}>{t("profile.codeSent")}</p>
              ) : (
                <Scan svg={totp.data.qr_svg} secret={totp.data.secret} />
              )}
              <CodeField error={faults["code"]?.[0]} />
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
  function submitted(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    onSubmit(event.currentTarget);
  }
  return (
    <form className={classes.form} onSubmit={submitted} noValidate>
      {error !== null && (
        <div role="alert">
          <Banner tone="late">{problemText(error)}</Banner>
        </div>
      )}
      {children(error instanceof ApiError ? error.fields : {})}
      <Button type="submit" loading={busy}>
        {submit}
      </Button>
    </form>
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
