"use client";

import { Check, X } from "lucide-react";
import { memo } from "react";
import type { TableState, TableView } from "@/lib/imports/view";
import { classes } from "../classes";
import { formatBytes, formatCount, formatPercent } from "../format";
import { ProgressBar } from "../progress-bar";
import { tableBytes, tableFraction, tableRows } from "./table-rows";

/** The columns of head and rows. On a phone there is room for name, rows and progress. */
export const TABLE_GRID = classes(
  "grid items-center gap-x-4 px-4",
  "grid-cols-[minmax(0,1fr)_4.5rem_4.5rem] max-md:gap-x-3 md:grid-cols-[minmax(0,1fr)_6.5rem_5rem_11rem]",
  "lg:grid-cols-[minmax(0,1fr)_6.5rem_5rem_9.5rem_6rem] xl:grid-cols-[minmax(0,1fr)_6.5rem_5rem_16rem_6rem]",
);

const words: Record<TableState, string> = {
  waiting: "Waiting",
  copying: "Copying",
  copied: "Copied",
  indexing: "Indexing",
  done: "Done",
  failed: "Failed",
  skipped: "Left out",
};

/** What is written of a table that is not done when the import has ended without it. */
const endedWords: Record<TableState, string> = {
  ...words,
  waiting: "Not copied",
  copying: "Stopped",
  copied: "No indexes",
  indexing: "Stopped",
};

const tones: Record<TableState, string> = {
  waiting: "text-quiet",
  copying: "text-text",
  copied: "text-text",
  indexing: "text-info-text",
  done: "text-accent-text",
  failed: "text-bad-text",
  skipped: "text-quiet",
};

interface TableRowProps {
  table: TableView;
  place: number;
  isCompared: boolean;
  isOver: boolean;
}

/** Drawn again only when its table moved: unchanged ones stay the same object from reading to reading. */
export const TableRow = memo(function TableRow({ table, place, isCompared, isOver }: TableRowProps) {
  const { schema, name, state } = table;
  const fraction = tableFraction(table);
  return (
    <tr aria-rowindex={place + 2} className={classes(TABLE_GRID, "h-9 border-b border-line/60")}>
      <td className="truncate" title={`${schema}.${name}`}>
        <span className="text-quiet">{schema}.</span>
        {name}
      </td>
      <td className="text-right">{formatCount(tableRows(table))}</td>
      <td className="text-right text-quiet max-md:hidden">{formatBytes(tableBytes(table))}</td>
      <td className="flex min-w-0 items-center gap-3">
        <ProgressBar
          fraction={fraction}
          label={`${schema}.${name}`}
          tone={barTone(state, isOver)}
          className="flex-1 max-md:hidden"
        />
        <span
          className={classes(
            "w-20 shrink-0 text-xs",
            isOver && state !== "failed" && state !== "done" ? "text-quiet" : tones[state],
          )}
        >
          {isOver ? endedWords[state] : words[state]}
          {state === "copying" && !isOver && <span className="max-md:hidden"> {formatPercent(fraction)}</span>}
        </span>
      </td>
      <td className="truncate text-right text-quiet max-lg:hidden">
        {isCompared ? (
          <Compared counted={table.counted} isOver={isOver} />
        ) : (
          `${formatCount(table.partsDone)} of ${formatCount(table.parts)}`
        )}
      </td>
    </tr>
  );
});

function barTone(state: TableState, isOver: boolean) {
  if (state === "failed") return "bad";
  if (isOver && state !== "done") return "quiet";
  return state === "indexing" ? "info" : "accent";
}

function Compared({ counted, isOver }: { counted: TableView["counted"]; isOver: boolean }) {
  if (!counted) return <span>{isOver ? "not compared" : "not yet"}</span>;
  const difference = counted.target - counted.source;
  const isEqual = difference === 0 && !counted.valuesDiffer;
  const Mark = isEqual ? Check : X;
  const title = `${formatCount(counted.source)} rows in the source, ${formatCount(counted.target)} in the target`;
  return (
    <span
      title={title}
      className={classes("flex items-center justify-end gap-1", isEqual ? "text-accent-text" : "text-bad-text")}
    >
      <Mark aria-hidden className="size-3.5" />
      {isEqual ? "Equal" : difference === 0 ? "Values differ" : formatDifference(difference)}
    </span>
  );
}

const formatDifference = (rows: number) => `${rows > 0 ? "+" : "−"}${formatCount(Math.abs(rows))}`;
