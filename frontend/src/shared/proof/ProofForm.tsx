import { Button, Loader } from "@mantine/core";
import { useRef, useState, type FormEvent, type ReactNode } from "react";
import { ApiError } from "@/shared/api/errors";
import { useCountdown } from "@/shared/lib/countdown";
import { codeOf, textOf } from "@/shared/lib/forms";
import { t } from "@/shared/lib/i18n";
import { Banner } from "@/shared/ui/Banner";
import classes from "@/shared/ui/Form.module.css";
import { Problem } from "@/shared/ui/Problem";
import "@/shared/lib/texts.people";
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

/** What is on; where codes come by mail, one must go out first, and asking for it takes the password. */
function useFactor() {
  const factor = useSecondFactor();
  const method = factor.data?.method ?? "none";
  const mail = useMailCode();
  const [mailedAt, setMailedAt] = useState(0);
  const send = (form: HTMLFormElement | null) =>
    mail.mutate(form === null ? "" : textOf(form, "password"), {
      onSuccess: () => setMailedAt(performance.now()),
    });
  const isDue = method === "email" && mailedAt === 0;
  return { ...factor, error: mail.error ?? factor.error, method, mail, mailedAt, send, isDue };
}

/** Asks for the password, and for a code when a second factor is on. */
export function ProofForm({ children, submit, isDanger, isBusy, error, ...on }: Props) {
  const { isPending, method, mail, mailedAt, send, isDue, ...factor } = useFactor();
  const { fault, fields } = whyNot(factor.error ?? error);
  const form = useRef<HTMLFormElement>(null);

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = event.currentTarget;
    if (isDue) send(data);
    else {
      mail.reset();
      on.onProve({ password: textOf(data, "password"), code: codeOf(data) });
    }
  }

  if (isPending) return <Loader size="sm" aria-label={t("common.loading")} />;
  return (
    <form ref={form} className={classes.form} onSubmit={onSubmit} noValidate>
      <div className={classes.hint}>{children}</div>
      <Problem error={isToldAtField(fields) ? null : fault} />
      <PasswordField error={fields["password"]?.[0]} />
      {mailedAt > 0 && (
        <Mailed key={mailedAt} isBusy={mail.isPending} onSend={() => send(form.current)} />
      )}
      {!isDue && <Code method={method} error={fields["code"]?.[0]} />}
      <Buttons
        {...(isDue
          ? { submit: t("session.sendCode"), isBusy: mail.isPending }
          : { submit, isDanger, isBusy })}
        onCancel={on.onCancel}
      />
    </form>
  );
}

function Code({ method, error }: { method: FactorStatus["method"]; error: string | undefined }) {
  return method === "none" ? null : <CodeField method={method} error={error} />;
}

type ButtonsProps = Pick<Props, "submit" | "isBusy" | "onCancel"> & {
  isDanger?: boolean | undefined;
};

function Buttons({ submit, isDanger, isBusy, onCancel }: ButtonsProps) {
  return (
    <div className={classes.buttons}>
      <Button variant="default" onClick={onCancel}>
        {t("common.cancel")}
      </Button>
      <Button type="submit" loading={isBusy} {...(isDanger === true && { color: "red" })}>
        {submit}
      </Button>
    </div>
  );
}

const whyNot = (fault: unknown) => ({
  fault,
  fields: fault instanceof ApiError ? fault.fields : {},
});

const isToldAtField = (fields: object): boolean => "password" in fields || "code" in fields;

function Mailed({ isBusy, onSend }: { isBusy: boolean; onSend: () => void }) {
  const [wait] = useCountdown(BETWEEN_MAILS_S);
  return (
    <>
      <Banner tone="ok">{t("profile.codeSent")}</Banner>
      <div>
        <MailCode wait={wait} isBusy={isBusy} onSend={onSend} />
      </div>
    </>
  );
}
