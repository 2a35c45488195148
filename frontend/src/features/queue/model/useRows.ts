import { useMemo, useState } from "react";
import type { TaskItem } from "@/shared/api/types";
import { arrange, asRows, once, type Row } from "./arrange";

interface Seen {
  view: string;
  latest: readonly TaskItem[];
  rows: readonly Row[];
  waiting: number;
}

const NOTHING: readonly TaskItem[] = [];

export interface Rows {
  rows: readonly Row[];
  waiting: number;
  /** Take in what waits and let go what left. */
  catchUp: () => void;
}

/** The rows of one view (`view` names it: another view starts afresh) in a calm order. */
export function useRows(
  view: string,
  pages: readonly { results: TaskItem[] }[] | undefined,
  hasMore: boolean,
): Rows {
  const latest = useMemo(() => once(pages?.flatMap((page) => page.results) ?? NOTHING), [pages]);
  const [seen, setSeen] = useState<Seen>({ view, latest: NOTHING, rows: [], waiting: 0 });
  if (seen.view !== view || seen.latest !== latest) {
    const shown = seen.view === view ? seen.rows : [];
    setSeen({ view, latest, ...arrange(shown, latest, hasMore) });
  }
  const catchUp = () => setSeen({ view, latest, rows: asRows(latest), waiting: 0 });
  return { rows: seen.rows, waiting: seen.waiting, catchUp };
}
