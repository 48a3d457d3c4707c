import type { PlannedTable } from "@/lib/plan/copy-plan";
import { type CopyRange, isKeyRange } from "@/lib/plan/unit";
import { quoteIdentifier, quoteLiteral, quoteQualified } from "@/lib/postgres/quote";

/** The pair of COPY statements that moves a part: what the source sends is what the target reads. */
export interface CopyStatements {
  out: string;
  in: string;
}

/** `freeze` is possible only where the table was emptied in the same transaction. */
export function copyStatements(table: PlannedTable, range: CopyRange | null, freeze: boolean): CopyStatements {
  const name = quoteQualified(table.schema, table.name);
  const columns = table.columns.map(quoteIdentifier).join(", ");
  // A table whose every column is generated, or that has none, is sent as so many empty lines.
  const list = columns === "" ? "" : ` (${columns})`;
  const binary = table.format === "binary" ? ["format binary"] : [];
  const outOptions = options(binary);
  const inOptions = options(freeze ? [...binary, "freeze"] : binary);
  const out = range
    ? `copy (select ${columns} from only ${name} where ${rangeCondition(range)}) to stdout${outOptions}`
    : `copy ${name}${list} to stdout${outOptions}`;
  return { out, in: `copy ${name}${list} from stdin${inOptions}` };
}

/** The half-open range as a condition, for COPY and for whoever asks what is in a range. */
export function rangeCondition(range: CopyRange): string {
  if (!isKeyRange(range)) {
    const lower = `ctid >= '(${range.from},0)'::tid`;
    return range.to === null ? lower : `${lower} and ctid < '(${range.to},0)'::tid`;
  }
  const column = quoteIdentifier(range.column);
  const value = (text: string) => `${quoteLiteral(text)}::pg_catalog.${quoteIdentifier(range.type)}`;
  const lower = range.from === null ? [] : [`${column} >= ${value(range.from)}`];
  const upper = range.to === null ? [] : [`${column} < ${value(range.to)}`];
  return [...lower, ...upper].join(" and ") || "true";
}

const options = (list: string[]) => (list.length === 0 ? "" : ` with (${list.join(", ")})`);
