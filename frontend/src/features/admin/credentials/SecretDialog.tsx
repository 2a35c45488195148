import { Button, Checkbox, TextInput } from "@mantine/core";
import { useRef, useState, type RefObject } from "react";
import { t } from "@/shared/lib/i18n";
import { Banner } from "@/shared/ui/Banner";
import { Dialog } from "@/shared/ui/Dialog";
import classes from "../parts/Admin.module.css";
import type { Shown } from "./kinds";

function useCopy(text: string, field: RefObject<HTMLInputElement>) {
  const [state, setState] = useState<"idle" | "copied" | "refused">("idle");
  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setState("copied");
    } catch {
      // No clipboard without a secure context: the text is marked, to be copied by hand.
      field.current?.select();
      setState("refused");
    }
  }
  return { state, copy };
}

/** Shows a secret this once; neither Escape nor a click beside it loses it. */
export function SecretDialog({ shown, onDone }: { shown: Shown; onDone: () => void }) {
  const field = useRef<HTMLInputElement>(null);
  const [isSaved, setIsSaved] = useState(false);
  const { state, copy } = useCopy(shown.secret, field);
  return (
    <Dialog title={t("admin.secret.title", { name: shown.name })} size="lg">
      <div className={classes.form}>
        <Banner tone="warn">{t("admin.secret.once")}</Banner>
        {shown.publicId !== null && (
          <TextInput
            label={t("admin.clients.id")}
            readOnly
            value={shown.publicId}
            classNames={{ input: classes.mono ?? "" }}
          />
        )}
        <TextInput
          ref={field}
          label={t("admin.secret.label")}
          readOnly
          value={shown.secret}
          data-autofocus
          classNames={{ input: classes.mono ?? "" }}
          onFocus={(event) => event.currentTarget.select()}
        />
        <div className={classes.buttons}>
          <Button variant="default" size="sm" onClick={() => void copy()}>
            {state === "copied" ? t("common.copied") : t("admin.secret.copy")}
          </Button>
        </div>
        <p className={classes.hint} role="status">
          {state === "refused" && t("admin.secret.byHand")}
        </p>
        <Checkbox
          label={t("admin.secret.saved")}
          checked={isSaved}
          onChange={(event) => setIsSaved(event.currentTarget.checked)}
        />
        <div className={classes.dialogButtons}>
          <Button size="sm" disabled={!isSaved} onClick={onDone}>
            {t("common.close")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
