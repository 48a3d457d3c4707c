import type { Receiver } from "@/lib/source/receiver";
import type { Shape, ShapeSequence, ShapeTable } from "@/lib/source/shape";
import { type ImportOptions, readTableNames } from "../options";
import { type Circumstances, tablesInScope } from "../scope";
import { formatTableName } from "../table-name";
import { type Aside, isFiring, titleOf } from "./aside";

/** Why rows cannot come into the tables that are there, each kind with its own remedy. */
export const mismatchKinds = [
  "missing_table",
  "not_a_table",
  "missing_column",
  "needed_column",
  "type",
  "generated",
  "not_empty",
  "not_owned",
  "row_security",
  "key_of_others",
  "key_disabled",
  "fixed_trigger",
  "sequence",
] as const;

export type MismatchKind = (typeof mismatchKinds)[number];

export interface Mismatch {
  kind: MismatchKind;
  /** What it is about: `public.orders.total (text, there integer)`. */
  words: string;
}

export interface MatchedSequence {
  source: ShapeSequence;
  target: ShapeSequence;
}

export interface Matching {
  /** Tables of the source whose rows come; all of them have a table there, where there are no mismatches. */
  tables: ShapeTable[];
  /** Those whose table there has columns that the source has not. */
  withMore: ReadonlySet<number>;
  mismatches: Mismatch[];
  aside: Aside;
  sequences: MatchedSequence[];
  /** Materialized views of the target that read what is filled, each with those that come before it. */
  views: { oid: number; schema: string; name: string; after: number[] }[];
  /** What stays as it is, with the reason. */
  left: { object: string; reason: string }[];
}

type Choice = Pick<Circumstances, "host" | "surroundings" | "options">;

const keyOf = ({ schema, name }: { schema: string; name: string }) => formatTableName({ schema, name });

/** The tables of the source whose rows are wanted. Pure. */
export function tablesToFill({ tables }: Shape, choice: Choice): ShapeTable[] {
  const isInScope = tablesInScope(choice);
  const emptied = new Set(readTableNames(choice.options.excludeTableData).map(formatTableName));
  const isEmptied = ({ schema, name, ancestors }: ShapeTable) =>
    [{ schema, name }, ...ancestors].some((one) => emptied.has(keyOf(one)));
  return tables.filter((table) => table.kind === "r" && isInScope(table) && !isEmptied(table));
}

/** Sets what the source has against what is on the target already. Pure. */
export function matchShapes(source: Shape, target: Receiver, choice: Choice): Matching {
  const tables = tablesToFill(source, choice);
  const twins = new Map(target.tables.map((table) => [keyOf(table), table]));
  const filled = new Set(target.filled.map(keyOf));
  const pairs = tables.map((table) => [table, twins.get(keyOf(table))] as const);
  const there = pairs.flatMap(([, twin]) => (twin ? [twin] : []));
  const aside = asideFor(target, there);
  const sequences = matchSequences(source, target, tables, choice.options);
  const refreshes = viewsOver(target, there);
  return {
    tables,
    withMore: new Set(pairs.filter(([table, twin]) => twin && hasMore(table, twin)).map(([{ oid }]) => oid)),
    mismatches: [
      ...pairs.flatMap(([table, twin]) => compareTable(table, twin, filled)),
      ...inTheWay(target, aside, there),
      ...sequences.matched.flatMap(compareSequence),
    ],
    aside,
    sequences: sequences.matched,
    views: refreshes.views,
    left: [...sequences.left, ...refreshes.left],
  };
}

const hasMore = (table: ShapeTable, twin: ShapeTable) => {
  const names = new Set(table.columns.map(({ name }) => name));
  return twin.columns.some((column) => !column.generated && !names.has(column.name));
};

const KINDS: Record<string, string> = {
  p: "a partitioned table there, and not one here",
  v: "a view there",
  m: "a materialized view there",
  f: "a foreign table there",
};

function compareTable(table: ShapeTable, twin: ShapeTable | undefined, filled: ReadonlySet<string>): Mismatch[] {
  const title = `${table.schema}.${table.name}`;
  if (!twin) return [{ kind: "missing_table", words: title }];
  if (twin.kind !== "r") return [{ kind: "not_a_table", words: `${title} (${KINDS[twin.kind] ?? "no table there"})` }];
  const whole: Mismatch[] = [
    ...(twin.owned ? [] : [{ kind: "not_owned" as const, words: title }]),
    ...(twin.rowsHidden ? [{ kind: "row_security" as const, words: title }] : []),
    ...(filled.has(keyOf(table)) ? [{ kind: "not_empty" as const, words: title }] : []),
  ];
  const columns = new Map(twin.columns.map((column) => [column.name, column]));
  const compared = table.columns.flatMap((column): Mismatch[] => {
    const other = columns.get(column.name);
    const name = `${title}.${column.name}`;
    if (!other) return column.generated ? [] : [{ kind: "missing_column", words: name }];
    if (column.generated !== other.generated) {
      return [{ kind: "generated", words: `${name} (generated only ${other.generated ? "there" : "on the source"})` }];
    }
    if (column.type === other.type) return [];
    return [{ kind: "type", words: `${name} (${column.type}, there ${other.type})` }];
  });
  const names = new Set(table.columns.map(({ name }) => name));
  const needed = twin.columns.filter(({ name, needed, generated }) => needed && !generated && !names.has(name));
  return [
    ...whole,
    ...compared,
    ...needed.map(({ name }): Mismatch => ({ kind: "needed_column", words: `${title}.${name}` })),
  ];
}

/** A partition's foreign keys are its parents': both ends count, since a table that is referenced cannot be emptied. */
function asideFor({ keys, triggers }: Receiver, there: readonly ShapeTable[]): Aside {
  const filled = new Set(there.map(keyOf));
  const touched = new Set(there.flatMap((table) => [table, ...table.ancestors]).map(keyOf));
  return {
    tables: there.map(({ schema, name }) => ({ schema, name })),
    keys: keys
      .filter(({ schema, table, references }) =>
        [{ schema, name: table }, references].some((end) => touched.has(keyOf(end))),
      )
      .map(({ owned: _, enabled: __, ...key }) => key),
    triggers: triggers
      .filter((trigger) => isFiring(trigger) && filled.has(keyOf({ schema: trigger.schema, name: trigger.table })))
      .map(({ fixed: _, ...trigger }) => trigger),
  };
}

function inTheWay({ keys, triggers }: Receiver, aside: Aside, there: readonly ShapeTable[]): Mismatch[] {
  const taken = new Set(aside.keys.map(titleOf));
  const own = keys.filter((key) => taken.has(titleOf(key)));
  const filled = new Set(there.map(keyOf));
  const fixed = triggers.filter(
    (trigger) =>
      trigger.fixed && isFiring(trigger) && filled.has(keyOf({ schema: trigger.schema, name: trigger.table })),
  );
  return [
    ...own.filter(({ owned }) => !owned).map((key): Mismatch => ({ kind: "key_of_others", words: titleOf(key) })),
    ...own.filter(({ enabled }) => !enabled).map((key): Mismatch => ({ kind: "key_disabled", words: titleOf(key) })),
    ...fixed.map((trigger): Mismatch => ({ kind: "fixed_trigger", words: titleOf(trigger) })),
  ];
}

/** By its name, or as that of the same column. One that belongs to a table that does not come stays as it is. */
function matchSequences(
  source: Shape,
  target: Receiver,
  tables: readonly ShapeTable[],
  { schemas, tables: named }: ImportOptions,
): { matched: MatchedSequence[]; left: Matching["left"] } {
  const filled = new Set(tables.map(keyOf));
  const everything = schemas.length + named.length === 0;
  const wanted = source.sequences.filter(({ schema, column }) =>
    column ? filled.has(keyOf({ schema: column.schema, name: column.table })) : everything || schemas.includes(schema),
  );
  const byName = new Map(target.sequences.map((sequence) => [keyOf(sequence), sequence]));
  const columnOf = ({ column }: ShapeSequence) => column && JSON.stringify([column.schema, column.table, column.name]);
  const byColumn = new Map(target.sequences.map((sequence) => [columnOf(sequence), sequence]));
  const matched: MatchedSequence[] = [];
  const left: Matching["left"] = [];
  for (const sequence of wanted) {
    const twin = (sequence.column && byColumn.get(columnOf(sequence))) ?? byName.get(keyOf(sequence));
    const object = `sequence ${sequence.schema}.${sequence.name}`;
    if (!twin) left.push({ object, reason: "the target has no sequence of this name or of this column" });
    else if (!twin.owned) left.push({ object, reason: "the target's belongs to another role" });
    else matched.push({ source: sequence, target: twin });
  }
  return { matched, left };
}

function compareSequence({ source, target }: MatchedSequence): Mismatch[] {
  if (source.lowest === target.lowest && source.highest === target.highest) return [];
  const range = ({ lowest, highest }: ShapeSequence) => `${lowest} to ${highest}`;
  return [{ kind: "sequence", words: `${source.schema}.${source.name} (${range(source)}, there ${range(target)})` }];
}

/** Those that read what is filled, directly or through one another. */
function viewsOver({ views }: Receiver, there: readonly ShapeTable[]): Pick<Matching, "views" | "left"> {
  const stale = new Set(there.flatMap((table) => [table, ...table.ancestors]).map(keyOf));
  const found = new Map<number, Receiver["views"][number]>();
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const view of views) {
      if (!view.reads.some((relation) => stale.has(keyOf(relation)))) continue;
      found.set(view.oid, view);
      stale.add(keyOf(view));
    }
  }
  const own = [...found.values()].filter(({ owned }) => owned);
  const oids = new Map(own.map((view) => [keyOf(view), view.oid]));
  const after = (view: Receiver["views"][number]) =>
    view.reads.map((relation) => oids.get(keyOf(relation))).filter((oid) => oid !== undefined && oid !== view.oid);
  return {
    views: own.map((view) => ({ oid: view.oid, schema: view.schema, name: view.name, after: after(view) as number[] })),
    left: [...found.values()]
      .filter(({ owned }) => !owned)
      .map(({ schema, name }) => ({
        object: `materialized view ${schema}.${name}`,
        reason: "it belongs to another role of the target, who has to refresh it",
      })),
  };
}
