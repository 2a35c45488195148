import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState, type FormEvent, type ReactNode } from "react";
import { ApiError } from "@/shared/api/errors";
import { t } from "@/shared/lib/i18n";
import { Banner } from "@/shared/ui/Banner";
import "@/shared/lib/texts.people";
import { openProblem } from "../model";
import classes from "./SignIn.module.css";

export type Fields = Readonly<Record<string, string>>;

interface Props {
  submit: string;
  /** Sends what was filled in; resolves with what to say when it is done. */
  onSubmit: (values: Fields) => Promise<string>;
  /** The fields, with what the server found wrong in each. */
  children: (faults: Readonly<Record<string, string[]>>) => ReactNode;
}

function read(form: HTMLFormElement): Fields {
  const entries = [...new FormData(form)].filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return Object.fromEntries(entries);
}

/** A form for somebody without a session; afterwards one sentence stands in its place. */
export function OpenForm({ submit, onSubmit, children }: Props) {
  const [error, setError] = useState<unknown>(null);
  const [done, setDone] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function send(form: HTMLFormElement) {
    setBusy(true);
    setError(null);
    try {
      setDone(await onSubmit(read(form)));
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  }

  function submitted(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (!busy) void send(event.currentTarget);
  }

  if (done !== null) {
    return (
      <>
        <Banner tone="ok">{done}</Banner>
        <ToSignIn />
      </>
    );
  }
  return (
    <>
      <form className={classes.form} onSubmit={submitted} noValidate>
        {error !== null && (
          <div role="alert">
            <Banner tone="late">{openProblem(error)}</Banner>
          </div>
        )}
        {children(error instanceof ApiError ? error.fields : {})}
        <Button type="submit" size="sm" loading={busy} fullWidth>
          {submit}
        </Button>
      </form>
      <ToSignIn />
    </>
  );
}

export function ToSignIn() {
  return (
    <p className={classes.elsewhere}>
      <Link to="/sign-in">{t("account.toSignIn")}</Link>
    </p>
  );
}
