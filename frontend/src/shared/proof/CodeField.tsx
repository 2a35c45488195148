import { TextInput } from "@mantine/core";
import { useState, type ReactNode } from "react";
import type { FactorMethod } from "@/shared/api/errors";
import { t } from "@/shared/lib/i18n";
import "@/shared/lib/texts.people";
import { CodeBoxes } from "@/shared/ui/CodeBoxes";
import classes from "@/shared/ui/Form.module.css";

const HINTS = { totp: "session.codeApp", email: "session.codeMail" } as const;

interface Props {
  method: FactorMethod;
  error?: string | undefined;
  onFull?: () => void;
  /** What stands beside the way to a recovery code. */
  beside?: ReactNode;
}

/** The code of the second factor, or a recovery code: the field `code` of a form. */
export function CodeField({ method, error, onFull, beside }: Props) {
  const [isRecovery, setRecovery] = useState(false);
  return (
    <>
      {isRecovery ? (
        <TextInput
          name="code"
          label={t("session.recovery")}
          description={t("session.recoveryHint")}
          error={error}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          data-autofocus
          autoFocus
        />
      ) : (
        <CodeBoxes
          name="code"
          label={t("session.code")}
          hint={t(HINTS[method])}
          error={error}
          onFull={onFull}
        />
      )}
      <div className={classes.links}>
        <button type="button" className={classes.link} onClick={() => setRecovery(!isRecovery)}>
          {t(isRecovery ? "session.useCode" : "session.useRecovery")}
        </button>
        {beside}
      </div>
    </>
  );
}
