import { useEffect } from "react";
import { isStatus } from "@/shared/api/errors";
import { DataTable, type Column } from "./DataTable";
import { ListState, type EmptyText } from "./ListState";
import { Pager } from "./Pager";
import type { Page } from "../model/pages";
import classes from "./Admin.module.css";

interface Props<T> {
  label: string;
  query: {
    data?: Page<T>;
    isPending: boolean;
    isPlaceholderData: boolean;
    error: unknown;
    refetch: () => unknown;
  };
  columns: readonly Column<T>[];
  keyOf: (row: T) => number | string;
  empty: EmptyText;
  /** Takes the filters off; given when there are some. */
  onClear?: () => void;
  page: number;
  onPage: (page: number) => void;
}

/** One page of a list, or what stands in its place. */
export function PagedTable<T>(props: Props<T>) {
  const { label, query, columns, keyOf, empty, onClear, page, onPage } = props;
  const rows = query.data?.results ?? [];
  // The last row of the last page may be gone, and the page with it.
  const isBeyond = page > 1 && isStatus(query.error, 404);
  useEffect(() => {
    if (isBeyond) onPage(1);
  }, [isBeyond, onPage]);
  return (
    <>
      <div className={classes.panel} data-stale={query.isPlaceholderData || undefined}>
        <ListState query={query} isEmpty={rows.length === 0} empty={empty} onClear={onClear}>
          <DataTable label={label} columns={columns} rows={rows} keyOf={keyOf} />
        </ListState>
      </div>
      {rows.length > 0 && <Pager page={page} count={query.data?.count ?? 0} onPage={onPage} />}
    </>
  );
}
