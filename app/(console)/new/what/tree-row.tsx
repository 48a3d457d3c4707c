"use client";

import { ChevronRight } from "lucide-react";
import { useEffect, useId, useRef } from "react";
import { classes } from "@/app/_ui/classes";
import { formatBytes, formatCount, formatNoun } from "@/app/_ui/format";
import type { SchemaChoice, Tri } from "./tree-choice";
import type { TreeColumn } from "./tree-keys";
import type { TreeLine } from "./tree-lines";

/** The columns of head and rows. On a phone there is room for name, size and data. */
export const TREE_GRID = classes(
  "grid items-center gap-x-3 px-4",
  "grid-cols-[minmax(0,1fr)_4.5rem_2.5rem] sm:grid-cols-[minmax(0,1fr)_7rem_5rem_3rem]",
);

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
  const name = line.kind === "all" ? "Everything" : line.kind === "schema" ? line.schema.name : line.table.name;
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
      <td className="text-right text-quiet max-sm:hidden">{rowsOf(line, amount)}</td>
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

function rowsOf(line: TreeLine, amount: SchemaChoice["amount"]): string {
  const rows = line.kind === "table" ? line.table.rows : amount.rows;
  return rows === null ? "not counted" : formatCount(rows);
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
