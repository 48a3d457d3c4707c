"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { useDeferredValue, useMemo, useState } from "react";
import type { TableView } from "@/lib/imports/view";
import { classes } from "../classes";
import { formatCount } from "../format";
import { Panel } from "../panel";
import { VirtualRows } from "../virtual-rows";
import { TableFilters, TableSearch } from "./table-filters";
import { TABLE_GRID, TableRow } from "./table-row";
import { chooseTables, countByFilter, type TableChoice, type TableSort } from "./table-rows";

const ROW_HEIGHT = 36;
/** Half a row is cut, so that one sees that there is more. */
const MAX_HEIGHT = 14.5 * ROW_HEIGHT;

const columns: { sort: TableSort; word: string; isRight?: boolean; className?: string }[] = [
  { sort: "name", word: "Table" },
  { sort: "rows", word: "Rows", isRight: true },
  { sort: "size", word: "Size", isRight: true, className: "max-md:hidden" },
  { sort: "progress", word: "Progress" },
];

interface TablesPanelProps {
  tables: TableView[];
  isCompared: boolean;
  isOver: boolean;
}

export function TablesPanel({ tables, isCompared, isOver }: TablesPanelProps) {
  const [choice, setChoice] = useState<TableChoice>({ search: "", filter: "all", sort: "size", isDescending: true });
  const search = useDeferredValue(choice.search);
  const { filter, sort, isDescending } = choice;
  const shown = useMemo(
    () => chooseTables(tables, { search, filter, sort, isDescending }),
    [tables, search, filter, sort, isDescending],
  );
  // Their place is kept free for them, so that what stands below does not jump.
  const isExpected = tables.length === 0 && !isOver;
  const counts = useMemo(() => countByFilter(tables), [tables]);
  const sortBy = (next: TableSort) =>
    setChoice({ ...choice, sort: next, isDescending: next === sort ? !isDescending : next !== "name" });

  return (
    <Panel
      title="Tables"
      note={formatCount(tables.length)}
      actions={
        <>
          <TableFilters
            counts={counts}
            chosen={filter}
            isOver={isOver}
            onChoose={(next) => setChoice({ ...choice, filter: next })}
          />
          <TableSearch value={choice.search} onChange={(next) => setChoice({ ...choice, search: next })} />
        </>
      }
    >
      <table aria-label="Tables" aria-rowcount={shown.length + 1} className="block text-left text-sm">
        <thead className="block border-b">
          <tr className={classes(TABLE_GRID, "h-9 text-xs text-quiet")}>
            {columns.map((column) => (
              <ColumnHead key={column.sort} {...column} choice={choice} onSort={sortBy} />
            ))}
            <th scope="col" className="text-right font-normal max-lg:hidden">
              {isCompared ? "Compared" : "Parts"}
            </th>
          </tr>
        </thead>
        <VirtualRows count={shown.length} rowHeight={ROW_HEIGHT} maxHeight={MAX_HEIGHT}>
          {(place) => {
            const table = shown[place];
            return (
              table && (
                <TableRow
                  key={qualifiedName(table)}
                  table={table}
                  place={place}
                  isCompared={isCompared}
                  isOver={isOver}
                />
              )
            );
          }}
        </VirtualRows>
      </table>
      {shown.length === 0 && (
        <p
          className="grid place-items-center px-4 text-center text-sm text-quiet"
          style={{ minHeight: isExpected ? MAX_HEIGHT : 4 * ROW_HEIGHT }}
        >
          {isExpected
            ? "The tables appear here once the source has been read."
            : tables.length === 0
              ? "There is no table."
              : "No table fits this choice."}
        </p>
      )}
    </Panel>
  );
}

const qualifiedName = (table: TableView | undefined) => `${table?.schema}.${table?.name}`;

interface ColumnHeadProps {
  sort: TableSort;
  word: string;
  isRight?: boolean;
  className?: string;
  choice: TableChoice;
  onSort: (sort: TableSort) => void;
}

function ColumnHead({ sort, word, isRight = false, className, choice, onSort }: ColumnHeadProps) {
  const isSorted = choice.sort === sort;
  const Arrow = choice.isDescending ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      aria-sort={!isSorted ? "none" : choice.isDescending ? "descending" : "ascending"}
      className={classes("flex min-w-0 font-normal", isRight && "justify-end", className)}
    >
      <button
        type="button"
        onClick={() => onSort(sort)}
        className={classes(
          "inline-flex h-9 items-center gap-1 hover:text-text",
          isSorted && "text-text",
          isRight && "flex-row-reverse",
        )}
      >
        {word}
        <Arrow aria-hidden className={classes("size-3", !isSorted && "invisible")} />
      </button>
    </th>
  );
}
