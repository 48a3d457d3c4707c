import { quoteIdentifier } from "@/lib/postgres/quote";
import type { ArchiveEntry } from "./archive";

const BY_NAME = new Set([
  "COLLATION",
  "CONVERSION",
  "DOMAIN",
  "EVENT TRIGGER",
  "FOREIGN DATA WRAPPER",
  "FOREIGN TABLE",
  "MATERIALIZED VIEW",
  "PROCEDURAL LANGUAGE",
  "PUBLICATION",
  "SCHEMA",
  "SEQUENCE",
  "SERVER",
  "STATISTICS",
  "TABLE",
  "TEXT SEARCH CONFIGURATION",
  "TEXT SEARCH DICTIONARY",
  "TYPE",
  "VIEW",
]);
/** Named by more than a name: the DROP statement has the whole of it. */
const BY_DROP = new Set(["AGGREGATE", "FUNCTION", "OPERATOR", "OPERATOR CLASS", "OPERATOR FAMILY", "PROCEDURE"]);

/** What `ALTER … OWNER TO` calls an entry, or null where it has no owner of its own. */
export function ownershipTarget({ kind, schema, name, dropStatement }: ArchiveEntry): string | null {
  if (dropStatement === "") return null;
  if (BY_DROP.has(kind)) return dropStatement.replace(/^DROP /, "").replace(/;\s*$/, "");
  if (!BY_NAME.has(kind)) return null;
  return `${kind} ${schema === null ? "" : `${quoteIdentifier(schema)}.`}${quoteIdentifier(name)}`;
}
