import { TextInput } from "@mantine/core";
import { useState } from "react";
import type { FactorMethod } from "@/shared/api/errors";
import { t } from "@/shared/lib/i18n";
import { CodeBoxes } from "@/shared/ui/CodeBoxes";
import classes from "@/shared/ui/Form.module.css";

const HINTS = { totp: "session.codeApp", email: "session.codeMail" } as const;

interface Props {
  method: FactorMethod;
  error?: string | undefined;
  onFull?: () => void;
}

/** The code of the second factor, or a recovery code: the field `code` of a form. */
export function CodeField({ method, error, onFull }: Props) {
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
      <button type="button" className={classes.link} onClick={() => setRecovery(!isRecovery)}>
        {t(isRecovery ? "session.useCode" : "session.useRecovery")}
      </button>
    </>
  );
}
