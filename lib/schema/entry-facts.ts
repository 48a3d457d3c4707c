import type { Archive, ArchiveEntry } from "./archive";

export type EntriesById = ReadonlyMap<number, ArchiveEntry>;

export const entriesById = ({ entries }: Pick<Archive, "entries">): EntriesById =>
  new Map(entries.map((entry) => [entry.id, entry]));

const TABLES = new Set(["TABLE", "FOREIGN TABLE"]);
const RELATIONS = new Set(["TABLE", "FOREIGN TABLE", "VIEW", "MATERIALIZED VIEW", "SEQUENCE"]);
/** Kinds whose tag is the name of their table, a space and their own name. */
const TAGGED_WITH_TABLE = new Set([
  "CONSTRAINT",
  "CHECK CONSTRAINT",
  "FK CONSTRAINT",
  "TRIGGER",
  "RULE",
  "POLICY",
  "DEFAULT",
  "PUBLICATION TABLE",
]);
/** Kinds that are about another entry and nothing without it. */
const REMARKS = new Set(["COMMENT", "ACL", "SECURITY LABEL"]);

export const isTable = ({ kind }: ArchiveEntry): boolean => TABLES.has(kind);
export const isRelation = ({ kind }: ArchiveEntry): boolean => RELATIONS.has(kind);
export const isRemark = ({ kind }: ArchiveEntry): boolean => REMARKS.has(kind);

/** Settings, comments and grants of the database itself, which has another name on the target. */
export const isAboutDatabase = (entry: ArchiveEntry): boolean =>
  entry.kind === "DATABASE PROPERTIES" || (isRemark(entry) && entry.name.startsWith("DATABASE "));

/** What a person calls it: `public.orders`. */
export function entrySubject(entry: ArchiveEntry): string {
  const { kind, schema, name } = entry;
  if (isRemark(entry)) return remarkSubject(entry);
  return schema === null || kind === "SCHEMA" ? name : `${schema}.${name}`;
}

const SPOKEN_KINDS = new Map([
  ["ACL", "grants"],
  ["ACL LANGUAGE", "grants"],
  ["FK CONSTRAINT", "foreign key"],
]);

/** With its kind in words: `table public.orders`, `comment on column public.orders.id`. */
export function entryTitle(entry: ArchiveEntry): string {
  const { kind, schema, name } = entry;
  // Its tag says all of it: `DEFAULT PRIVILEGES FOR TABLES`.
  if (kind === "DEFAULT ACL") return name.toLowerCase() + (schema === null ? "" : ` in ${schema}`);
  const spoken = SPOKEN_KINDS.get(kind) ?? kind.toLowerCase();
  return `${spoken}${isRemark(entry) ? " on" : ""} ${entrySubject(entry)}`;
}

/** A remark's tag names its object's kind first, and no schema: `TABLE orders`, `TRIGGER touched ON orders`. */
function remarkSubject({ schema, name }: ArchiveEntry): string {
  const [, kind = "", object = name] = /^((?:[A-Z]+ )+)([\s\S]*)$/.exec(name) ?? [];
  if (schema === null) return `${kind.toLowerCase()}${object}`;
  const on = /^(?:TRIGGER|CONSTRAINT|POLICY|RULE) $/.test(kind) ? object.lastIndexOf(" ON ") : -1;
  if (on === -1) return `${kind.toLowerCase()}${schema}.${object}`;
  return `${kind.toLowerCase()}${object.slice(0, on)} on ${schema}.${object.slice(on + 4)}`;
}

/** The relation that an entry hangs on, whose name and oid the plan orders by; null for what stands by itself. */
export function tableOf(entry: ArchiveEntry, byId: EntriesById): ArchiveEntry | null {
  if (isRelation(entry) && entry.kind !== "SEQUENCE") return null;
  const relations = [...new Set(entry.dependencies)]
    .map((id) => byId.get(id))
    .filter((found): found is ArchiveEntry => found !== undefined && isRelation(found) && found.kind !== "SEQUENCE");
  const fits = relations.filter((relation) => hangsOn(entry, relation));
  // Of tables named "a" and "a b" the longer name is the one that fits the tag more exactly.
  return fits.sort((left, right) => right.name.length - left.name.length)[0] ?? null;
}

function hangsOn(entry: ArchiveEntry, relation: ArchiveEntry): boolean {
  if (TAGGED_WITH_TABLE.has(entry.kind)) {
    const sameSchema = entry.kind === "PUBLICATION TABLE" || entry.schema === relation.schema;
    return sameSchema && (entry.name === relation.name || holdsTable(entry, relation.name));
  }
  switch (entry.kind) {
    case "INDEX":
      // An expression over the whole row of another table would be a second relation; the index lives with its own.
      return entry.schema === relation.schema && relation.kind !== "VIEW";
    case "TABLE ATTACH":
    case "ROW SECURITY":
      return entry.schema === relation.schema && entry.name === relation.name;
    case "SEQUENCE":
      // An identity column's: it is created by altering the table.
      return entry.statement.startsWith("ALTER TABLE ");
    case "STATISTICS":
    case "SEQUENCE OWNED BY":
      return true;
    default:
      return false;
  }
}

function holdsTable(entry: ArchiveEntry, table: string): boolean {
  return entry.kind === "PUBLICATION TABLE" ? entry.name.endsWith(` ${table}`) : entry.name.startsWith(`${table} `);
}
