"use client";

import { ChevronRight } from "lucide-react";
import { useEffect, useId, useRef } from "react";
import { classes } from "@/app/_ui/classes";
import { formatBytes, formatCount, formatNoun } from "@/app/_ui/format";
import type { SchemaChoice, Tri } from "./tree-choice";
import { TREE_GRID } from "./tree-head";
import type { TreeColumn } from "./tree-keys";
import type { TreeLine } from "./tree-lines";

interface TreeRowProps {
  line: TreeLine;
  index: number;
  choice: SchemaChoice;
  /** Whether this row's box is the one that the keyboard is at. */
  at: TreeColumn | null;
  /** The keyboard has come here. */
  wantsFocus: boolean;
  hasDataColumn: boolean;
  /** A schema's that is the provider's own. */
  note: string | null;
  onFocused: (column: TreeColumn) => void;
  onChoose: (isIn: boolean) => void;
  onChooseData: (isWith: boolean) => void;
  onOpen: (isOpen: boolean) => void;
}

export function TreeRow(props: TreeRowProps) {
  const { line, index, choice, at, wantsFocus, hasDataColumn, note, onFocused, onChoose, onChooseData, onOpen } = props;
  const { isIn, hasData, amount } = choice;
  const whole = line.kind === "all" && line.isPart ? "All that was found" : "Everything";
  const name = line.kind === "all" ? whole : line.kind === "schema" ? line.schema.name : line.table.name;
  const subject = line.kind === "table" ? `${line.schema.name}.${name}` : name;
  const isOpen = line.kind === "all" ? true : line.kind === "schema" ? line.isOpen : undefined;
  const id = useId();
  const canHaveData = hasDataColumn && amount.tables > 0;
  return (
    <tr
      aria-level={line.level}
      aria-rowindex={index + 2}
      aria-posinset={line.place}
      aria-setsize={line.of}
      aria-expanded={isOpen}
      className={classes(TREE_GRID, "h-9 border-b border-line/60", line.kind !== "table" && "bg-raised/40")}
    >
      <td className={classes("flex min-w-0 items-center gap-2", indents[line.level])}>
        {line.kind === "schema" && line.schema.tables.length > 0 && (
          <button
            type="button"
            tabIndex={-1}
            aria-label={`${line.isOpen ? "Close" : "Open"} ${name}`}
            onClick={() => onOpen(!line.isOpen)}
            className="-ml-6 grid size-5 shrink-0 place-items-center rounded-sm text-quiet hover:text-text"
          >
            <ChevronRight aria-hidden className={classes("size-3.5", line.isOpen && "rotate-90")} />
          </button>
        )}
        <Box
          id={id}
          label={subject}
          tri={isIn}
          isAt={at === "name"}
          wantsFocus={wantsFocus}
          onFocused={() => onFocused("name")}
          onChange={onChoose}
        />
        <label
          htmlFor={id}
          aria-hidden
          className={classes("truncate", line.kind !== "table" && "font-medium")}
          title={subject}
        >
          {name}
        </label>
        <span className="shrink-0 truncate text-xs text-quiet max-sm:hidden">
          {detailOf(line, amount.tables, note)}
        </span>
      </td>
      <td className="truncate text-right text-quiet max-sm:hidden">
        {line.kind === "table" ? <OwnRows rows={line.table.rows} /> : <AllRows amount={amount} />}
      </td>
      <td className="text-right text-quiet">{formatBytes(line.kind === "table" ? line.table.bytes : amount.bytes)}</td>
      <td className="grid place-items-center">
        <Box
          label={`Data of ${subject}`}
          tri={canHaveData ? hasData : "none"}
          isAt={at === "data"}
          wantsFocus={wantsFocus}
          isDisabled={!canHaveData}
          onFocused={() => onFocused("data")}
          onChange={onChooseData}
        />
      </td>
    </tr>
  );
}

const indents = { 1: "", 2: "pl-8", 3: "pl-14" } as const;

function detailOf(line: TreeLine, coming: number, note: string | null): string {
  if (line.kind === "table") return line.table.partitions > 0 ? formatNoun(line.table.partitions, "partition") : "";
  const tables =
    line.kind === "schema"
      ? `${formatCount(coming)} of ${formatNoun(line.schema.tables.length, "table")}`
      : formatNoun(coming, "table");
  return note === null ? tables : `${tables}, ${note}`;
}

function OwnRows({ rows }: { rows: number | null }) {
  return rows === null ? <span title={HOW_COUNTED}>not counted</span> : formatCount(rows);
}

const HOW_COUNTED = "The source counts rows when it runs ANALYZE.";

/** Of several tables: what is known of them, and that there are more where some were never counted. */
function AllRows({ amount: { rows, uncounted } }: { amount: SchemaChoice["amount"] }) {
  if (uncounted === 0) return formatCount(rows);
  const reason = `${formatNoun(uncounted, "table")} never counted. ${HOW_COUNTED}`;
  return (
    <span title={reason}>
      <span className="sr-only">{rows > 0 ? "at least " : "not counted"}</span>
      {rows > 0 ? `${formatCount(rows)}+` : <span aria-hidden>–</span>}
    </span>
  );
}

interface BoxProps {
  id?: string;
  label: string;
  tri: Tri;
  isAt: boolean;
  wantsFocus: boolean;
  isDisabled?: boolean;
  onFocused: () => void;
  onChange: (isOn: boolean) => void;
}

/** A box of three states. One that cannot be changed takes the focus all the same, so that no arrow ends nowhere. */
function Box({ id, label, tri, isAt, wantsFocus, isDisabled = false, onFocused, onChange }: BoxProps) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = tri === "some";
  }, [tri]);
  // It may have been drawn only now: a row far below is not in the page before somebody goes there.
  useEffect(() => {
    if (isAt && wantsFocus) box.current?.focus({ preventScroll: true });
  }, [isAt, wantsFocus]);
  return (
    <input
      ref={box}
      id={id}
      type="checkbox"
      aria-label={label}
      aria-disabled={isDisabled || undefined}
      checked={tri === "all"}
      tabIndex={isAt ? 0 : -1}
      onFocus={onFocused}
      // What is half chosen is chosen whole first.
      onChange={() => !isDisabled && onChange(tri !== "all")}
      className="size-4 shrink-0 accent-accent aria-disabled:opacity-40"
    />
  );
}
