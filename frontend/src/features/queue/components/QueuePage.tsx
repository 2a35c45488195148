import { useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { t } from "@/shared/lib/i18n";
import { queuePlace } from "@/shared/lib/place";
import { Banner } from "@/shared/ui/Banner";
import { Boundary } from "@/shared/ui/Boundary";
import { useQueue } from "../api/useQueue";
import { remembered } from "../model/remembered";
import { cleared, readSearch, sortOf, tabOf, type QueueSearch, type Tab } from "../model/search";
import { useRows } from "../model/useRows";
import { useSelection, type Selection } from "../model/useSelection";
import { FreshPill } from "./FreshPill";
import { QueueGrid } from "./QueueGrid";
import { QueueState } from "./QueueState";
import { Tabs } from "./Tabs";
import { Toolbar } from "./Toolbar";
import classes from "./Queue.module.css";

const BulkBar = lazy(() => import("./BulkBar"));

function useTitle(waiting: number) {
  useEffect(() => {
    const name = `${t("queue.title")} · ${t("app.name")}`;
    document.title = waiting > 0 ? `(${waiting}) ${name}` : name;
  }, [waiting]);
}

/** The way back leads to this view. The row that was open in another view is not looked for here. */
function usePlace(search: QueueSearch, view: string) {
  useEffect(() => {
    if (JSON.stringify(queuePlace.get()) !== view) remembered.forget();
    queuePlace.set(search);
  }, [search, view]);
}

/** Another view begins at its top. */
function useTop(view: string, scroller: HTMLDivElement | null) {
  const shown = useRef(view);
  useEffect(() => {
    if (shown.current === view) return;
    shown.current = view;
    scroller?.scrollTo({ top: 0 });
  }, [view, scroller]);
}

export function QueuePage() {
  const search = useSearch({ from: "/shell/" });
  const navigate = useNavigate({ from: "/" });
  const query = useQueue(search);
  const view = JSON.stringify(search);
  const isStale = query.isPlaceholderData;
  // Rows of before are another view: what comes in their place is arranged afresh.
  const arranged = isStale ? `${view}…` : view;
  const { rows, waiting, catchUp } = useRows(arranged, query.data?.pages, query.hasNextPage);
  const selection = useSelection(view, rows);
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const searchField = useRef<HTMLInputElement>(null);
  useTitle(waiting);
  usePlace(search, view);
  useTop(arranged, scroller);

  function change(next: QueueSearch) {
    void navigate({ search: next, replace: true });
  }

  function showNew() {
    catchUp();
    scroller?.scrollTo({ top: 0 });
  }

  return (
    <div className={classes.page}>
      <h1 className={classes.hidden}>{t("queue.title")}</h1>
      <div className={classes.bar}>
        <Tabs search={search} />
        <Toolbar search={search} onChange={change} onShowNew={showNew} field={searchField} />
      </div>
      <div className={classes.list}>
        <FreshPill waiting={waiting} onShow={showNew} />
        {rows.length > 0 ? (
          <QueueGrid
            rows={rows}
            sort={sortOf(search)}
            onSort={(sort) => change(readSearch({ ...search, sort }))}
            scroller={scroller}
            onScroller={setScroller}
            isLoadingMore={query.isFetchingNextPage}
            hasMore={query.hasNextPage && !isStale}
            onEnd={() => void query.fetchNextPage()}
            selection={selection}
            isStale={isStale}
          />
        ) : (
          <QueueState
            search={search}
            isLoading={query.isPending}
            error={query.error}
            onRetry={() => void query.refetch()}
            onClear={() => change(cleared(search))}
          />
        )}
        {/* Below the rows, which stay where they are when it comes and goes. */}
        {query.isRefetchError && <Banner tone="warn">{t("queue.stale")}</Banner>}
        <Bulk key={view} tab={tabOf(search)} selection={selection} />
      </div>
    </div>
  );
}

/** Loaded when the first row is chosen, and there until its report is read. */
function Bulk({ tab, selection }: { tab: Tab; selection: Selection }) {
  const [isWanted, setWanted] = useState(false);
  if (selection.tasks.length > 0 && !isWanted) setWanted(true);
  if (!isWanted) return null;
  return (
    <Boundary>
      <Suspense fallback={null}>
        <BulkBar tab={tab} tasks={selection.tasks} onChoose={selection.choose} />
      </Suspense>
    </Boundary>
  );
}
