import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { t } from "@/shared/lib/i18n";
import { isGivenUp } from "@/shared/api/errors";
import { Dialog } from "./Dialog";
import { Problem } from "./Problem";
import classes from "./Form.module.css";

interface Props {
  title: string;
  /** What follows from it. */
  hint: ReactNode;
  /** What the button says: the act itself, never "OK". */
  confirm: string;
  isBusy: boolean;
  error?: unknown;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before something that cannot be taken back. */
export function Confirm({ title, hint, confirm, isBusy, error = null, onConfirm, onClose }: Props) {
  return (
    <Dialog title={title} onClose={onClose} size="sm">
      <div className={classes.form}>
        {!isGivenUp(error) && <Problem error={error} />}
        <div className={classes.hint}>{hint}</div>
        <div className={classes.buttons}>
          <Button variant="default" data-autofocus onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button color="red" loading={isBusy} onClick={onConfirm}>
            {confirm}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
