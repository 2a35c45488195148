/** Dangerous acts want the password once more: who asks waits here for whoever shows the dialog. */
import { observable, type Observable } from "@/shared/lib/observable";

export class Reauthentication {
  /** Whether the dialog is to be shown. */
  readonly isAsked: Observable<boolean> = observable(false);
  private waiting: ((proved: boolean) => void)[] = [];

  /** Resolves with whether the password was shown; any number of askers share one dialog. */
  readonly ask = (): Promise<boolean> =>
    new Promise((resolve) => {
      this.waiting.push(resolve);
      this.isAsked.set(true);
    });

  readonly answer = (proved: boolean): void => {
    const answered = this.waiting;
    this.waiting = [];
    this.isAsked.set(false);
    answered.forEach((resolve) => resolve(proved));
  };
}

export const reauthentication = new Reauthentication();
