const PATIENCE_MS = 60_000;

/** A network that swallows packets tells nobody: whoever waits for an answer gives up by this. */
export const overdue = (): AbortSignal => AbortSignal.timeout(PATIENCE_MS);
