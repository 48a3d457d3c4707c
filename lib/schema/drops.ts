import type { ArchiveEntry } from "./archive";

/** What is not dropped together with something else. */
const BY_ITSELF = new Set([
  ...["TABLE", "FOREIGN TABLE", "VIEW", "MATERIALIZED VIEW", "SEQUENCE", "FUNCTION", "PROCEDURE", "AGGREGATE"],
  ...["TYPE", "DOMAIN", "SCHEMA", "EXTENSION", "COLLATION", "CONVERSION", "CAST", "TRANSFORM", "SERVER"],
  ...["OPERATOR", "OPERATOR CLASS", "OPERATOR FAMILY", "ACCESS METHOD", "FOREIGN DATA WRAPPER", "EVENT TRIGGER"],
  ...["TEXT SEARCH CONFIGURATION", "TEXT SEARCH DICTIONARY", "TEXT SEARCH PARSER", "TEXT SEARCH TEMPLATE"],
  ...["PUBLICATION", "PROCEDURAL LANGUAGE"],
]);

/**
 * Statements that take an archive's objects away again, those first that lean on others. None of them cascades: what
 * somebody else has made meanwhile stays, with all that it stands on. Pure.
 */
export function dropsOf(entries: ArchiveEntry[]): string[] {
  return [...entries].reverse().flatMap(({ kind, dropStatement }) => {
    const statement = dropStatement.trim().replace(/;$/, "");
    if (statement === "") return [];
    // Two tables may refer to each other, and a table and its sequence do.
    if (kind === "FK CONSTRAINT" || kind === "DEFAULT") {
      return statement.startsWith("ALTER TABLE ")
        ? [ifExists(statement, "ALTER TABLE").replace(KEY, "$&IF EXISTS ")]
        : [];
    }
    return BY_ITSELF.has(kind) ? [ifExists(statement, `DROP ${kind}`)] : [];
  });
}

const KEY = / DROP CONSTRAINT /;

const ifExists = (statement: string, verb: string): string =>
  statement.startsWith(`${verb} `) ? `${verb} IF EXISTS ${statement.slice(verb.length + 1)}` : statement;
