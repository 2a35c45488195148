import { Button } from "@mantine/core";
import { useRef, useState, type FormEvent } from "react";
import type { CodeAsked } from "@/shared/api/errors";
import { session } from "@/shared/api/session";
import { useCountdown } from "@/shared/lib/countdown";
import { codeOf } from "@/shared/lib/forms";
import { t } from "@/shared/lib/i18n";
import { CodeField } from "@/shared/proof/CodeField";
import { MailCode } from "@/shared/proof/MailCode";
import { BETWEEN_MAILS_S } from "@/shared/proof/secondFactor";
import { Banner } from "@/shared/ui/Banner";
import formClasses from "@/shared/ui/Form.module.css";
import { isOver, signInProblem } from "../model";
import classes from "./SignIn.module.css";

interface Props {
  asked: CodeAsked;
  onDone: () => void;
  /** Back to the password; with why, when the attempt is over. */
  onOver: (problem: string | null) => void;
}

/** The second step: the code of the app or of the mail, or a recovery code. */
export function CodeForm({ asked, onDone, onOver }: Props) {
  const { busy, problem, fails, attempt } = useAttempt(onOver);
  const form = useRef<HTMLFormElement>(null);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const code = codeOf(event.currentTarget);
    if (busy || code === "") return;
    void attempt(() => session.answerWithCode(asked.session, code)).then((isIn) => {
      if (isIn) onDone();
    });
  }

  return (
    <form ref={form} className={classes.form} onSubmit={submit} noValidate>
      {problem !== null && (
        <div role="alert">
          <Banner tone="late">{problem}</Banner>
        </div>
      )}
      {/* After a wrong code the boxes start afresh. */}
      <CodeField
        key={fails}
        method={asked.method}
        onFull={() => form.current?.requestSubmit()}
        beside={
          <button type="button" className={formClasses.link} onClick={() => onOver(null)}>
            {t("session.back")}
          </button>
        }
      />
      {asked.method === "email" && <Resend otpSession={asked.session} attempt={attempt} />}
      <Button type="submit" size="sm" loading={busy} fullWidth>
        {t("session.submit")}
      </Button>
    </form>
  );
}

/** One thing at a time, and why it failed. */
function useAttempt(onOver: (problem: string) => void) {
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [fails, setFails] = useState(0);
  async function attempt(work: () => Promise<void>): Promise<boolean> {
    setBusy(true);
    setProblem(null);
    try {
      await work();
      return true;
    } catch (error) {
      const told = signInProblem(error, true);
      if (isOver(error)) onOver(told);
      setProblem(told);
      setFails((count) => count + 1);
      return false;
    } finally {
      setBusy(false);
    }
  }
  return { problem, busy, fails, attempt };
}

interface ResendProps {
  otpSession: string;
  attempt: (work: () => Promise<void>) => Promise<boolean>;
}

function Resend({ otpSession, attempt }: ResendProps) {
  const [wait, startWait] = useCountdown(BETWEEN_MAILS_S);
  const [busy, setBusy] = useState(false);
  const [wasResent, setResent] = useState(false);

  async function send() {
    setBusy(true);
    if (await attempt(() => session.mailCodeAgain(otpSession))) {
      setResent(true);
      startWait(BETWEEN_MAILS_S);
    }
    setBusy(false);
  }

  return (
    <>
      {wasResent && <Banner tone="ok">{t("session.resent")}</Banner>}
      <MailCode wait={wait} isBusy={busy} onSend={() => void send()} />
    </>
  );
}
