"use client";

import { type KeyboardEvent, useDeferredValue, useMemo, useRef, useState } from "react";
import { formatBytes, formatNoun } from "@/app/_ui/format";
import { TableSearch } from "@/app/_ui/import/table-filters";
import { Panel } from "@/app/_ui/panel";
import { VirtualRows } from "@/app/_ui/virtual-rows";
import type { Selection } from "@/lib/plan/selection";
import { choiceOf, chooseData, chooseParts, type Part, type SchemaChoice, totalOf, wholeOf } from "./tree-choice";
import { TREE_ROW_HEIGHT, TREE_ROWS_IN_SIGHT, TreeHead } from "./tree-head";
import { moveFor, type TreePlace } from "./tree-keys";
import { linesOf, type ShownSchema, searchTree, type TreeLine } from "./tree-lines";
import { TreeRow } from "./tree-row";

interface TableTreeProps {
  schemas: readonly ShownSchema[];
  providers: { name: string; schemas: readonly string[] } | null;
  selection: Selection;
  /** False where no rows are to come at all. */
  hasDataColumn: boolean;
  onChange: (next: Selection) => void;
}

/** Schemas and their tables, each with a box for itself and one for its rows. One box at a time takes the focus. */
export function TableTree({ schemas, providers, selection, hasDataColumn, onChange }: TableTreeProps) {
  const [search, setSearch] = useState("");
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [at, setAt] = useState<TreePlace>({ line: 0, column: "name" });
  /** The keyboard has moved, and the focus has to follow. */
  const [isMoving, setMoving] = useState(false);
  const table = useRef<HTMLTableElement>(null);
  const wanted = useDeferredValue(search);
  const shown = useMemo(() => searchTree(schemas, wanted), [schemas, wanted]);
  const lines = useMemo(() => linesOf(shown, closed, wanted.trim() !== ""), [shown, closed, wanted]);
  const choices = useMemo(
    () => new Map(shown.map((schema) => [schema.name, choiceOf(schema, selection)])),
    [shown, selection],
  );
  const total = useMemo(() => totalOf([...choices.values()]), [choices]);
  const whole = useMemo(() => totalOf(schemas.map((schema) => choiceOf(schema, selection))), [schemas, selection]);
  const line = Math.min(at.line, lines.length - 1);

  function open(schema: string, isOpen: boolean): void {
    const next = new Set(closed);
    if (isOpen) next.delete(schema);
    else next.add(schema);
    setClosed(next);
  }

  function press(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const move = moveFor(event.key, { line, column: at.column }, lines);
    if (!move) return;
    event.preventDefault();
    if ("schema" in move) {
      open(move.schema, move.isOpen);
    } else {
      setAt(move.to);
      setMoving(true);
      scrollTo(table.current?.tBodies[0], move.to.line);
    }
  }

  const partsOf = (one: TreeLine): Part[] =>
    one.kind === "all"
      ? shown.map(wholeOf)
      : [one.kind === "schema" ? wholeOf(one.schema) : { schema: one.schema, keys: [one.table.key] }];
  const choiceAt = (one: TreeLine): SchemaChoice =>
    one.kind === "all"
      ? total
      : one.kind === "schema"
        ? (choices.get(one.schema.name) ?? total)
        : choiceOf({ ...one.schema, tables: [one.table] }, selection);

  return (
    <Panel
      title="Schemas and tables"
      note={`${formatNoun(whole.amount.tables, "table")}, ${formatBytes(hasDataColumn ? whole.amount.bytes : 0)}`}
      actions={<TableSearch value={search} onChange={setSearch} />}
    >
      <table
        ref={table}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose rows are a tree is a treegrid.
        role="treegrid"
        aria-label="Schemas and tables"
        aria-rowcount={lines.length + 1}
        onKeyDown={press}
        className="block text-left text-sm"
      >
        <TreeHead />
        <VirtualRows
          count={lines.length}
          rowHeight={TREE_ROW_HEIGHT}
          maxHeight={TREE_ROWS_IN_SIGHT * TREE_ROW_HEIGHT}
          kept={line}
        >
          {(place) => {
            const one = lines[place];
            return (
              one && (
                <TreeRow
                  key={one.id}
                  line={one}
                  index={place}
                  choice={choiceAt(one)}
                  at={place === line ? at.column : null}
                  wantsFocus={isMoving}
                  hasDataColumn={hasDataColumn}
                  note={one.kind === "schema" ? noteOf(one.schema.name, providers) : null}
                  onFocused={(column) => {
                    setMoving(false);
                    if (place !== line || column !== at.column) setAt({ line: place, column });
                  }}
                  onChoose={(isIn) => onChange(chooseParts(selection, partsOf(one), isIn, schemas))}
                  onChooseData={(isWith) => {
                    const keys = partsOf(one).flatMap((part) => part.keys);
                    onChange(chooseData(selection, keys, isWith));
                  }}
                  onOpen={(isOpen) => one.kind === "schema" && open(one.schema.name, isOpen)}
                />
              )
            );
          }}
        </VirtualRows>
      </table>
      {lines.length === 1 && (
        <p className="p-4 text-center text-sm text-quiet">
          {schemas.length === 0 ? "There is no schema." : "No table fits this search."}
        </p>
      )}
    </Panel>
  );
}

const noteOf = (schema: string, providers: TableTreeProps["providers"]): string | null =>
  providers?.schemas.includes(schema) ? `${providers.name}'s own` : null;

/** As far as it takes to see the row, and its neighbour. */
function scrollTo(body: HTMLTableSectionElement | undefined, line: number): void {
  if (!body) return;
  const [top, bottom] = [(line - 1) * TREE_ROW_HEIGHT, (line + 2) * TREE_ROW_HEIGHT];
  if (top < body.scrollTop) body.scrollTop = Math.max(0, top);
  else if (bottom > body.scrollTop + body.clientHeight) body.scrollTop = bottom - body.clientHeight;
}
