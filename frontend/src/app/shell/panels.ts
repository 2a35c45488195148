import { useMemo, useState } from "react";

export type Panel = "palette" | "help";

export interface Panels {
  shown: Panel | null;
  open: (panel: Panel) => void;
  close: () => void;
}

/** One panel lies over the page at a time. */
export function usePanels(): Panels {
  const [shown, setShown] = useState<Panel | null>(null);
  return useMemo(() => ({ shown, open: setShown, close: () => setShown(null) }), [shown]);
}
