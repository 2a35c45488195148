import { Button } from "@mantine/core";
import { useRef, useState } from "react";
import { copyText } from "@/shared/lib/clipboard";
import { t } from "@/shared/lib/i18n";
import { Banner } from "@/shared/ui/Banner";
import { Dialog } from "@/shared/ui/Dialog";
import "@/shared/lib/texts.people";
import classes from "./Profile.module.css";

interface Props {
  codes: readonly string[];
  onDone: () => void;
}

type Copied = "no" | "yes" | "refused";

function select(element: HTMLElement | null): void {
  if (element !== null) getSelection()?.selectAllChildren(element);
}

/**
 * Shown once: each opens the account a single time when the device is lost. Neither Escape nor a
 * click beside it closes the dialog, because nobody can show them again.
 */
export function RecoveryCodes({ codes, onDone }: Props) {
  const list = useRef<HTMLUListElement>(null);
  const [copied, setCopied] = useState<Copied>("no");
  const text = codes.join("\n");

  async function copy() {
    const isCopied = await copyText(text);
    if (!isCopied) select(list.current);
    setCopied(isCopied ? "yes" : "refused");
  }

  return (
    <Dialog title={t("profile.codes")}>
      <div className={classes.form}>
        <p className={classes.hint}>{t("profile.codesHint")}</p>
        <ul ref={list} className={classes.codes} aria-label={t("profile.codes")}>
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        {copied === "refused" && <Banner tone="warn">{t("profile.copyRefused")}</Banner>}
        <div className={classes.buttons}>
          <Button variant="default" data-autofocus onClick={() => void copy()}>
            {copied === "yes" ? t("common.copied") : t("profile.copy")}
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
    </Dialog>
  );
}
