/** The row that was open last, so that coming back finds the place again. */
let taskId: string | null = null;

export const remembered = {
  get: (): string | null => taskId,
  set: (opened: string): void => {
    taskId = opened;
  },
  forget: (): void => {
    taskId = null;
  },
};
