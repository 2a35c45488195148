import { Button, Loader } from "@mantine/core";
import { useRef, useState, type FormEvent, type ReactNode } from "react";
import { ApiError } from "@/shared/api/errors";
import { useCountdown } from "@/shared/lib/countdown";
import { codeOf, textOf } from "@/shared/lib/forms";
import { t } from "@/shared/lib/i18n";
import { Banner } from "@/shared/ui/Banner";
import classes from "@/shared/ui/Form.module.css";
import { Problem } from "@/shared/ui/Problem";
import { CodeField } from "./CodeField";
import { MailCode } from "./MailCode";
import { PasswordField } from "./PasswordField";
import { BETWEEN_MAILS_S, useMailCode, useSecondFactor, type FactorStatus } from "./secondFactor";

export interface Proof {
  password: string;
  code: string;
}

interface Props {
  submit: string;
  isDanger?: boolean;
  isBusy: boolean;
  error: unknown;
  onProve: (proof: Proof) => void;
  onCancel: () => void;
  /** What it is asked for. */
  children: ReactNode;
}

/** Asks for the password, and for a code when a second factor is on. */
export function ProofForm({ children, submit, isDanger, isBusy, error, ...on }: Props) {
  const factor = useSecondFactor();
  const mail = useMailCode();
  const form = useRef<HTMLFormElement>(null);
  const { fault, fields } = whyNot(mail.error ?? error ?? factor.error);

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    mail.reset();
    const data = event.currentTarget;
    on.onProve({ password: textOf(data, "password"), code: codeOf(data) });
  }

  if (factor.isPending) return <Loader size="sm" aria-label={t("common.loading")} />;
  return (
    <form ref={form} className={classes.form} onSubmit={onSubmit} noValidate>
      <div className={classes.hint}>{children}</div>
      {!isToldAtField(fields) && <Problem error={fault} />}
      <PasswordField error={fields["password"]?.[0]} />
      <CodePart
        method={factor.data?.method ?? "none"}
        error={fields["code"]?.[0]}
        mail={mail}
        password={() => form.current && textOf(form.current, "password")}
      />
      <div className={classes.buttons}>
        <Button variant="default" onClick={on.onCancel}>
          {t("common.cancel")}
        </Button>
        <Button type="submit" loading={isBusy} {...(isDanger && { color: "red" })}>
          {submit}
        </Button>
      </div>
    </form>
  );
}

const whyNot = (fault: unknown) => ({
  fault,
  fields: fault instanceof ApiError ? fault.fields : {},
});

const isToldAtField = (fields: object): boolean => "password" in fields || "code" in fields;

interface CodePartProps {
  method: FactorStatus["method"];
  error: string | undefined;
  mail: ReturnType<typeof useMailCode>;
  password: () => string | null;
}

/** The app has its code ready; one by mail must be sent first, which takes the password. */
function CodePart({ method, error, mail, password }: CodePartProps) {
  const [mailedAt, setMailedAt] = useState(0);
  if (method === "none") return null;
  if (method === "totp") return <CodeField method="totp" error={error} />;
  const send = () =>
    mail.mutate(password() ?? "", { onSuccess: () => setMailedAt(performance.now()) });
  return (
    <>
      <SendCode key={mailedAt} isBusy={mail.isPending} isFirst={mailedAt === 0} onSend={send} />
      {mailedAt > 0 && <CodeField method="email" error={error} />}
    </>
  );
}

interface SendCodeProps {
  isBusy: boolean;
  isFirst: boolean;
  onSend: () => void;
}

function SendCode({ isBusy, isFirst, onSend }: SendCodeProps) {
  const [wait] = useCountdown(isFirst ? 0 : BETWEEN_MAILS_S);
  return (
    <>
      {!isFirst && <Banner tone="ok">{t("profile.codeSent")}</Banner>}
      <div>
        <MailCode wait={wait} isFirst={isFirst} isBusy={isBusy} onSend={onSend} />
      </div>
    </>
  );
}
