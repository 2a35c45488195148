import type { ReactNode } from "react";
import classes from "./Table.module.css";

export interface Column<T> {
  id: string;
  header: string;
  cell: (row: T) => ReactNode;
  /** What the row is called; on a phone the heading of its card. */
  isMain?: boolean;
  /** Buttons: the column needs no visible heading. */
  isActions?: boolean;
}

interface Props<T> {
  /** What is listed, for those who do not see it. */
  label: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  keyOf: (row: T) => number | string;
  /** One of several tables on a page, whose columns stand below each other. */
  isAligned?: boolean;
}

const kindOf = ({ isMain, isActions }: { isMain?: boolean; isActions?: boolean }) =>
  isMain === true ? "main" : isActions === true ? "actions" : "plain";

/**
 * A table that becomes cards on a narrow screen. The roles are written out because `display`
 * takes them away from the elements.
 */
export function DataTable<T>({ label, columns, rows, keyOf, isAligned = false }: Props<T>) {
  return (
    <table
      className={classes.table}
      role="table"
      aria-label={label}
      data-aligned={isAligned || undefined}
    >
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th key={column.id} role="columnheader" scope="col" data-kind={kindOf(column)}>
              {column.isActions === true ? (
                <span className={classes.spoken}>{column.header}</span>
              ) : (
                column.header
              )}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={keyOf(row)} role="row">
            {columns.map((column) => (
              <td key={column.id} role="cell" data-kind={kindOf(column)} data-label={column.header}>
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
