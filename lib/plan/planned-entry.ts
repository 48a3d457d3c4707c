/** An entry of the archive that the policy lets through, as far as the plan needs to know it. */
export interface PlannedEntry {
  /** pg_dump's number for it, by which others depend on it. */
  id: number;
  kind: string;
  section: "pre-data" | "post-data";
  subject: string;
  name: string;
  /** The table or materialized view it belongs to, where it belongs to one. */
  tableOid: number | null;
  dependencies: number[];
  statement: string;
  bestEffort: boolean;
}

/** What a post-data entry means for the order of work. */
export type EntryRole = "index" | "attach" | "foreign-key" | "check" | "definition" | "post";

export function roleOf(entry: PlannedEntry): EntryRole {
  switch (entry.kind) {
    case "INDEX":
      return "index";
    case "CONSTRAINT":
      // From 18 on, NOT NULL may be not valid either: it would refuse the rows, and it is no index.
      return /\bNOT VALID;?\s*$/.test(entry.statement) ? "check" : "index";
    case "INDEX ATTACH":
      return "attach";
    case "FK CONSTRAINT":
      return "foreign-key";
    case "CHECK CONSTRAINT":
      return "check";
    // pg_dump puts these off until the keys that they lean on exist; materialized views may read them.
    case "VIEW":
    case "MATERIALIZED VIEW":
    case "FUNCTION":
    case "PROCEDURE":
      return "definition";
    case "RULE":
      return entry.name.split(" ").at(-1) === "_RETURN" ? "definition" : "post";
    default:
      return "post";
  }
}
