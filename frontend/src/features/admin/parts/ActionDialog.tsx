import { Button } from "@mantine/core";
import type { FormEvent, ReactNode } from "react";
import { t } from "@/shared/lib/i18n";
import { Banner } from "@/shared/ui/Banner";
import { Dialog } from "@/shared/ui/Dialog";
import classes from "./Admin.module.css";

interface Props {
  title: string;
  submit: string;
  /** Something is taken away: the button is red, and Cancel has the focus. */
  isDanger?: boolean;
  isBusy: boolean;
  canSubmit?: boolean;
  /** What was wrong with all of it, rather than with one field. */
  problem?: string | null;
  size?: string;
  onSubmit: (form: HTMLFormElement) => void;
  onClose: () => void;
  /** What will happen, and the fields. */
  children: ReactNode;
}

/** Asks before something is done, with what follows from it. */
export function ActionDialog(props: Props) {
  const { title, submit, isBusy, onSubmit, onClose, children, problem = null } = props;
  const isDanger = props.isDanger === true;

  function submitted(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (!isBusy) onSubmit(event.currentTarget);
  }

  return (
    <Dialog title={title} onClose={onClose} size={props.size ?? "md"} yOffset="8vh">
      <form className={classes.form} onSubmit={submitted} noValidate>
        {problem !== null && (
          <div role="alert">
            <Banner tone="late">{problem}</Banner>
          </div>
        )}
        {children}
        <div className={classes.dialogButtons}>
          <Button
            variant="default"
            size="sm"
            onClick={onClose}
            {...(isDanger && { "data-autofocus": true })}
          >
            {t("common.cancel")}
          </Button>
          <Button
            type="submit"
            size="sm"
            loading={isBusy}
            disabled={props.canSubmit === false}
            {...(isDanger && { color: "red" })}
          >
            {submit}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
