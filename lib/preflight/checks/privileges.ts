import { quoteIdentifier, quoteQualified } from "@/lib/postgres/quote";
import { check, finding } from "../check";
import { keyOf, scopeOf } from "../in-scope";
import { qualified, someOf } from "../words";
import { readableLargeObjects } from "./large-objects";

/** One script that grants all that is missing, for whoever owns the objects. */
const select = check("privileges.select", ["server", "tables", "closedSequences", "surroundings"], (context) => {
  const { server, surroundings, closedSequences } = context;
  const isInScope = scopeOf(context);
  const known = new Set(context.tables.map(keyOf));
  const parents = surroundings.closed.filter((table) => !known.has(keyOf(table)));
  const tables = [...context.tables.filter((table) => !table.readable), ...parents].filter(isInScope);
  const sequences = closedSequences.filter(isInScope);
  // A right to the table is worth nothing while its schema is closed.
  const unusable = context.tables.filter((table) => table.readable && !table.schemaUsable && isInScope(table));
  const list = [...tables, ...unusable, ...sequences];
  if (list.length === 0) return [];
  const role = quoteIdentifier(server.user);
  const usable = new Set(context.tables.filter((table) => table.schemaUsable).map((table) => table.schema));
  const shut = new Set(list.map((item) => item.schema).filter((schema) => !usable.has(schema)));
  const sql = [
    ...[...shut].map((schema) => `grant usage on schema ${quoteIdentifier(schema)} to ${role};`),
    ...tables.map((table) => `grant select on ${quoteQualified(table.schema, table.name)} to ${role};`),
    ...sequences.map(({ schema, name }) => `grant select on sequence ${quoteQualified(schema, name)} to ${role};`),
  ].join("\n");
  return [
    finding("privileges.select", "block", `User ${server.user} may not read ${someOf(list.map(qualified))}.`, {
      remedy: "Run this on the source as the owner of these objects, or connect as their owner.",
      sql,
    }),
  ];
});

/** Owners see their own rows unless it is forced; COPY would stop with an error rather than leave rows out. */
const rowSecurity = check("privileges.row_security", ["server", "tables", "surroundings"], (context) => {
  const { server, tables } = context;
  if (server.bypassesRowSecurity) return [];
  const isInScope = scopeOf(context);
  const hidden = tables.filter((table) => table.rowsHidden && isInScope(table));
  if (hidden.length === 0) return [];
  const message = `Row security hides rows of ${someOf(hidden.map(qualified))} from user ${server.user}.`;
  return [
    finding("privileges.row_security", "block", message, {
      remedy: "Let this user see all rows, or connect as one who does.",
      sql: `alter role ${quoteIdentifier(server.user)} bypassrls;`,
    }),
  ];
});

export const privilegeChecks = [select, rowSecurity, readableLargeObjects];
