import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { session, type Credentials } from "@/shared/api/session";
import { t } from "@/shared/lib/i18n";
import { Banner } from "@/shared/ui/Banner";
import { isOver, otpSessionOf, signInProblem } from "../model";
import classes from "./SignIn.module.css";

interface Props {
  /** Filled in already when the same person signs in again. */
  username?: string;
  onDone: () => void;
}

function read(form: HTMLFormElement): Credentials & { code: string } {
  const data = new FormData(form);
  const text = (name: string) => {
    const value = data.get(name);
    return typeof value === "string" ? value : "";
  };
  return {
    username: text("username").trim(),
    password: text("password"),
    code: text("otp_code").replaceAll(/\s/g, ""),
  };
}

export function SignInForm({ username = "", onDone }: Props) {
  const [problem, setProblem] = useState<string | null>(null);
  // Once the password was right: the code goes with this, and for ten minutes only.
  const [otpSession, setOtpSession] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function signIn(form: HTMLFormElement) {
    const { code, ...credentials } = read(form);
    if (credentials.username === "" || credentials.password === "") {
      setProblem(t("session.missing"));
      return;
    }
    setBusy(true);
    try {
      if (otpSession !== null && code !== "") await session.answerWithCode(otpSession, code);
      else await session.signIn(credentials);
      onDone();
    } catch (error) {
      const asked = otpSessionOf(error);
      if (asked !== null) setOtpSession(asked);
      else if (isOver(error)) setOtpSession(null);
      setProblem(asked !== null ? null : signInProblem(error, otpSession !== null));
      setBusy(false);
    }
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (!busy) void signIn(event.currentTarget);
  }

  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      {problem !== null && (
        <div role="alert">
          <Banner tone="late">{problem}</Banner>
        </div>
      )}
      <TextInput
        name="username"
        label={t("session.username")}
        defaultValue={username}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        data-autofocus={username === "" || undefined}
        autoFocus={username === ""}
      />
      <PasswordInput
        name="password"
        label={t("session.password")}
        autoComplete="current-password"
        data-autofocus={username !== "" || undefined}
        autoFocus={username !== ""}
        visibilityToggleButtonProps={{ "aria-label": t("session.show"), tabIndex: 0 }}
      />
      {otpSession !== null && (
        <TextInput
          name="otp_code"
          label={t("session.code")}
          description={t("session.codeHint")}
          inputMode="numeric"
          autoComplete="one-time-code"
          autoFocus
        />
      )}
      <Button type="submit" size="sm" loading={busy} fullWidth>
        {t("session.submit")}
      </Button>
    </form>
  );
}
