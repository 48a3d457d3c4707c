import { tablesInScope } from "@/lib/plan/scope";
import { quoteIdentifier, quoteQualified } from "@/lib/postgres/quote";
import type { SourceRelation } from "@/lib/source/inventory";
import { type Check, type CheckContext, finding } from "../check";

type Named = Pick<SourceRelation, "schema" | "name">;
const key = ({ schema, name }: Named) => JSON.stringify([schema, name]);

const SHOWN = 10;
const title = (list: Named[]) => {
  const names = list.slice(0, SHOWN).map((item) => `${item.schema}.${item.name}`);
  return list.length > SHOWN ? `${names.join(", ")} and ${list.length - SHOWN} more` : names.join(", ");
};

/**
 * What the choice takes in. Only of closed tables is it known of what they are a partition; for all else a choice of
 * single tables counts as everything, since it drags in more than it names.
 */
function scopeOf({ source: { surroundings }, sourceHost, options }: CheckContext): (relation: Named) => boolean {
  const { schemas, tables } = options;
  const wide = { ...options, tables: [], schemas: tables.length > 0 ? [] : schemas };
  const inScope = tablesInScope({ host: sourceHost, surroundings, options });
  const inWideScope = tablesInScope({ host: sourceHost, surroundings, options: wide });
  const closed = new Map(surroundings.closed.map((table) => [key(table), table]));
  return (relation) => {
    const table = closed.get(key(relation));
    return table ? inScope(table) : inWideScope({ ...relation, ancestors: [] });
  };
}

/** One script that grants all that is missing, for whoever owns the objects. */
export const select: Check = (context) => {
  const { source } = context;
  const isInScope = scopeOf(context);
  const known = new Set(source.tables.map(key));
  const parents = source.surroundings.closed.filter((table) => !known.has(key(table)));
  const tables = [...source.tables.filter((table) => !table.readable), ...parents].filter(isInScope);
  const sequences = source.sequences.filter((sequence) => !sequence.readable && isInScope(sequence));
  // A right to the table is worth nothing while its schema is closed.
  const unusable = source.tables.filter((table) => table.readable && !table.schemaUsable && isInScope(table));
  const list = [...tables, ...unusable, ...sequences];
  if (list.length === 0) return [];
  const role = quoteIdentifier(source.server.user);
  const usable = new Set(source.tables.filter((table) => table.schemaUsable).map((table) => table.schema));
  const shut = new Set(list.map((item) => item.schema).filter((schema) => !usable.has(schema)));
  const sql = [
    ...[...shut].map((schema) => `grant usage on schema ${quoteIdentifier(schema)} to ${role};`),
    ...tables.map((table) => `grant select on ${quoteQualified(table.schema, table.name)} to ${role};`),
    ...sequences.map(
      (sequence) => `grant select on sequence ${quoteQualified(sequence.schema, sequence.name)} to ${role};`,
    ),
  ].join("\n");
  return [
    finding("privileges.select", "block", `User ${source.server.user} may not read ${title(list)}.`, {
      remedy: "Run this on the source as the owner of these objects, or connect as their owner.",
      sql,
    }),
  ];
};

/** Owners see their own rows unless it is forced; COPY would stop with an error rather than leave rows out. */
export const rowSecurity: Check = (context) => {
  const { source } = context;
  if (source.server.bypassesRowSecurity) return [];
  const isInScope = scopeOf(context);
  const hidden = source.tables.filter((table) => table.rowsHidden && isInScope(table));
  if (hidden.length === 0) return [];
  return [
    finding(
      "privileges.row_security",
      "block",
      `Row security hides rows of ${title(hidden)} from user ${source.server.user}.`,
      {
        remedy: "Let this user see all rows, or connect as one who does.",
        sql: `alter role ${quoteIdentifier(source.server.user)} bypassrls;`,
      },
    ),
  ];
};
