import { Button } from "@mantine/core";
import { useState } from "react";
import { t } from "@/shared/lib/i18n";
import classes from "./Profile.module.css";

/** Shown once: each opens the account a single time when the device is lost. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const [copied, setCopied] = useState(false);
  const text = codes.join("\n");
  return (
    <div className={classes.form}>
      <p className={classes.hint}>{t("profile.codesHint")}</p>
      <ul className={classes.codes} aria-label={t("profile.codes")}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className={classes.buttons}>
        <Button
          variant="default"
          onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
        >
          {copied ? t("common.copied") : t("profile.copy")}
        </Button>
        <Button
          variant="default"
          component="a"
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
          download="recovery-codes.txt"
        >
          {t("profile.download")}
        </Button>
        <Button onClick={onDone}>{t("profile.codesKept")}</Button>
      </div>
    </div>
  );
}
