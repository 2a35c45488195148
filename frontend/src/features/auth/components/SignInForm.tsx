import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useState, type FormEvent, type ReactNode } from "react";
import type { CodeAsked } from "@/shared/api/errors";
import { session, type Credentials } from "@/shared/api/session";
import { textOf } from "@/shared/lib/forms";
import { t } from "@/shared/lib/i18n";
import "@/shared/lib/texts.people";
import { Banner } from "@/shared/ui/Banner";
import { codeAskedBy, signInProblem } from "../model";
import { CodeForm } from "./CodeForm";
import classes from "./SignIn.module.css";

interface Props {
  /** Filled in already when the same person signs in again. */
  username?: string;
  onDone: () => void;
  /** Other ways, offered below the first step. */
  children?: ReactNode;
}

/** Name and password, and then the code of the second factor where there is one. */
export function SignInForm({ username = "", onDone, children }: Props) {
  const [name, setName] = useState(username);
  const [asked, setAsked] = useState<CodeAsked | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  function over(why: string | null) {
    setAsked(null);
    setProblem(why);
  }

  if (asked !== null) return <CodeForm asked={asked} onDone={onDone} onOver={over} />;
  return (
    <>
      <PasswordForm
        username={name}
        problem={problem}
        onProblem={setProblem}
        onDone={onDone}
        onAsked={(by, username) => {
          setName(username);
          setProblem(null);
          setAsked(by);
        }}
      />
      {children}
    </>
  );
}

interface PasswordFormProps {
  username: string;
  problem: string | null;
  onProblem: (problem: string | null) => void;
  onDone: () => void;
  onAsked: (by: CodeAsked, username: string) => void;
}

function PasswordForm({ username, problem, onProblem, onDone, onAsked }: PasswordFormProps) {
  const [busy, setBusy] = useState(false);

  async function signIn(credentials: Credentials) {
    setBusy(true);
    try {
      await session.signIn(credentials);
      onDone();
    } catch (error) {
      setBusy(false);
      const asked = codeAskedBy(error);
      if (asked === null) onProblem(signInProblem(error, false));
      else onAsked(asked, credentials.username);
    }
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const typed = { username: textOf(form, "username").trim(), password: textOf(form, "password") };
    if (typed.username === "" || typed.password === "") onProblem(t("session.missing"));
    else if (!busy) void signIn(typed);
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
      <Button type="submit" size="sm" loading={busy} fullWidth>
        {t("session.submit")}
      </Button>
    </form>
  );
}
