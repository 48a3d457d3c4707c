import { quoteQualified } from "@/lib/postgres/quote";
import { majorVersion } from "@/lib/source/inventory";
import { check, finding } from "../check";
import { scopeOf } from "../in-scope";
import { counted, someOf } from "../words";

const CONCURRENTLY_FROM_MAJOR = 12;

const notValid = check("inside.not_valid", ["peculiarities", "surroundings"], (context) => {
  const isInScope = scopeOf(context);
  const found = context.peculiarities.notValid.filter(({ schema, table }) => isInScope({ schema, name: table }));
  if (found.length === 0) return [];
  const names = someOf(found.map(({ schema, table, name }) => `${name} of ${schema}.${table}`));
  const message = `${counted(found.length, "constraint")} that ${found.length === 1 ? "is" : "are"} not valid on the source stay${found.length === 1 ? "s" : ""} so: ${names}.`;
  return [finding("inside.not_valid", "info", message)];
});

/** pg_dump leaves them out too: nobody knows whether they would hold. */
const invalidIndexes = check("inside.invalid_indexes", ["peculiarities", "surroundings", "server"], (context) => {
  const isInScope = scopeOf(context);
  const found = context.peculiarities.invalidIndexes.filter(({ schema, table }) => isInScope({ schema, name: table }));
  if (found.length === 0) return [];
  const names = someOf(found.map(({ schema, table, name }) => `${schema}.${name} of ${schema}.${table}`));
  const message = `Invalid on the source, as a failed CREATE INDEX CONCURRENTLY leaves them, and not built on the target: ${names}.`;
  const how = majorVersion(context.server) >= CONCURRENTLY_FROM_MAJOR ? "index concurrently" : "index";
  const sql = found.map(({ schema, name }) => `reindex ${how} ${quoteQualified(schema, name)};`).join("\n");
  const remedy = "Rebuild those that are wanted, drop the others.";
  return [finding("inside.invalid_indexes", "warn", message, { remedy, sql })];
});

export const constraintChecks = [notValid, invalidIndexes];
