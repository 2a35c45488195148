import { faultsOf } from "../model/faults";
import { tell } from "../model/notice";
import { ActionDialog } from "./ActionDialog";
import classes from "./Admin.module.css";

/** What the dialog needs of a mutation. */
interface Act<Values> {
  isPending: boolean;
  error: unknown;
  mutate: (values: Values, then: { onSuccess: () => void }) => void;
}

interface Props<Values> {
  title: string;
  submit: string;
  /** What follows from it. */
  hint: string;
  /** What is said once it is done. */
  done: string;
  act: Act<Values>;
  values: Values;
  onClose: () => void;
}

/** Asks before something is taken away, and says afterwards that it is gone. */
export function TakeAwayDialog<Values>(props: Props<Values>) {
  const { title, submit, hint, done, act, values, onClose } = props;

  function onSuccess() {
    tell(done);
    onClose();
  }

  return (
    <ActionDialog
      title={title}
      submit={submit}
      isDanger
      isBusy={act.isPending}
      problem={faultsOf(act.error, []).general}
      onClose={onClose}
      onSubmit={() => act.mutate(values, { onSuccess })}
    >
      <p className={classes.text}>{hint}</p>
    </ActionDialog>
  );
}
