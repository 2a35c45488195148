import { useMediaQuery } from "@mantine/hooks";
import { useNavigate } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { useCommands } from "@/shared/lib/commands";
import { t } from "@/shared/lib/i18n";
import { Icon } from "@/shared/ui/Icon";
import type { Row } from "../model/arrange";
import type { Selection } from "../model/useSelection";
import type { Sort } from "../model/search";
import { remembered } from "../model/remembered";
import { QueueRow, rowId } from "./QueueRow";
import classes from "./Queue.module.css";

interface Props {
  rows: readonly Row[];
  sort: Sort;
  onSort: (sort: Sort) => void;
  scroller: HTMLDivElement | null;
  onScroller: (element: HTMLDivElement | null) => void;
  hasMore: boolean;
  isLoadingMore: boolean;
  onEnd: () => void;
  selection: Selection;
  /** The rows are those of before; what was asked for is on its way. */
  isStale: boolean;
}

const ROW_PX = 38;
const NARROW_ROW_PX = 62;
const NARROW = "(max-width: 47.99em)";
const NEAR_END = 15;
const PAGE = 12;
const COLUMNS = ["priority", "id", "title", "step", "role", "person", "sla", "age"] as const;

const STEPS: Record<string, number> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: PAGE,
  PageUp: -PAGE,
  Home: -Infinity,
  End: Infinity,
};

function useActiveRow(rows: readonly Row[], reveal: (index: number) => void) {
  const [activeId, setActiveId] = useState(() => remembered.get());
  const found = rows.findIndex((row) => row.task.task_id === activeId);
  const active = Math.max(found, 0);
  function move(by: number) {
    const from = found === -1 && by > 0 ? -1 : active;
    const next = Math.min(Math.max(from + by, 0), rows.length - 1);
    setActiveId(rows[next]?.task.task_id ?? null);
    reveal(next);
  }
  return { active, isChosen: found !== -1, move, choose: setActiveId };
}

/** Pages follow when the last rows come into view. */
function useEndless(lastIndex: number, { rows, hasMore, isLoadingMore, onEnd }: Props) {
  const isNear = lastIndex >= rows.length - NEAR_END;
  useEffect(() => {
    if (isNear && hasMore && !isLoadingMore) onEnd();
  });
}

/** Coming back from a ticket one stands where one left: at its row, with the keys. */
function useReturn(scroller: HTMLDivElement | null, isChosen: boolean, reveal: () => void) {
  const wasChosen = useRef(isChosen);
  useEffect(() => {
    if (scroller === null || !wasChosen.current) return;
    wasChosen.current = false;
    reveal();
    if (document.activeElement === document.body) scroller.focus({ preventScroll: true });
  });
}

const SORTS: Partial<Record<(typeof COLUMNS)[number], Sort>> = { sla: "due", age: "new" };

function Head({ sort, onSort, rows, selection }: Props) {
  const isAll = rows.length > 0 && selection.tasks.length === rows.length;
  return (
    <div className={classes.head} role="row" aria-rowindex={1}>
      <span role="columnheader" data-column="pick">
        <input
          type="checkbox"
          aria-label={t("queue.pickAll")}
          checked={isAll}
          onChange={selection.toggleAll}
        />
      </span>
      {COLUMNS.map((column) => {
        const by = SORTS[column];
        const isSorted = by === sort;
        return (
          <span
            key={column}
            role="columnheader"
            data-column={column}
            aria-sort={by && isSorted ? "ascending" : undefined}
          >
            {by === undefined ? (
              t(`queue.column.${column}`)
            ) : (
              <button
                type="button"
                className={classes.sort}
                data-sorted={isSorted || undefined}
                onClick={() => onSort(by)}
              >
                {t(`queue.column.${column}`)}
                {isSorted && <Icon name="down" size={11} />}
              </button>
            )}
          </span>
        );
      })}
    </div>
  );
}

function useGridKeys(
  rows: readonly Row[],
  active: number,
  move: (by: number) => void,
): (event: KeyboardEvent) => void {
  const navigate = useNavigate();
  return (event) => {
    // Boxes, links and buttons to sort by are within the grid and have keys of their own.
    const isOwn = event.target === event.currentTarget;
    const by = STEPS[event.key];
    const taskId = rows[active]?.task.task_id;
    if (by !== undefined) {
      event.preventDefault();
      move(by);
    } else if (event.key === "Enter" && isOwn && taskId !== undefined) {
      event.preventDefault();
      remembered.set(taskId);
      void navigate({ to: "/tasks/$taskId", params: { taskId } });
    }
  };
}

function useGridCommands(step: (by: number) => void, pick: () => void): void {
  const group = "commands.list";
  useCommands([
    { id: "row-next", title: "commands.next", group, keys: "j", run: () => step(1) },
    { id: "row-previous", title: "commands.previous", group, keys: "k", run: () => step(-1) },
    { id: "row-pick", title: "commands.pick", group, keys: "x", run: pick },
  ]);
}

export function QueueGrid(props: Props) {
  const { rows, scroller, onScroller, isLoadingMore, hasMore, selection, isStale } = props;
  const isNarrow = useMediaQuery(NARROW, undefined, { getInitialValueInEffect: false });
  const height = isNarrow ? NARROW_ROW_PX : ROW_PX;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller,
    estimateSize: () => height,
    getItemKey: (index) => rows[index]?.task.task_id ?? index,
    overscan: 10,
  });
  useEffect(() => virtual.measure(), [virtual, height]);
  const { active, isChosen, move, choose } = useActiveRow(rows, (index) =>
    virtual.scrollToIndex(index, { align: "auto" }),
  );
  useReturn(scroller, isChosen, () => virtual.scrollToIndex(active, { align: "center" }));
  const items = virtual.getVirtualItems();
  useEndless(items.at(-1)?.index ?? 0, props);
  const onKeyDown = useGridKeys(rows, active, move);
  const activeTask = isChosen ? rows[active]?.task.task_id : undefined;
  useGridCommands(
    (by) => {
      move(by);
      scroller?.focus({ preventScroll: true });
    },
    () => activeTask !== undefined && selection.toggle(activeTask),
  );

  return (
    <div
      ref={onScroller}
      className={classes.scroller}
      role="grid"
      tabIndex={0}
      aria-busy={isStale}
      aria-label={t("queue.grid")}
      aria-rowcount={hasMore ? -1 : rows.length + 1}
      aria-activedescendant={activeTask && rowId(activeTask)}
      onKeyDown={onKeyDown}
    >
      <Head {...props} />
      <div className={classes.body} role="rowgroup" style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          return (
            <QueueRow
              key={item.key}
              row={row}
              index={item.index}
              top={item.start}
              height={item.size}
              isActive={isChosen && item.index === active}
              isPicked={selection.ids.has(row.task.task_id)}
              onChoose={choose}
              onPick={selection.toggle}
            />
          );
        })}
      </div>
      {isLoadingMore && <div className={classes.more}>{t("queue.more")}</div>}
    </div>
  );
}
