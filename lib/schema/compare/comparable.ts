import type { Archive, ArchiveEntry } from "../archive";
import { isAboutDatabase, isRemark } from "../entry-facts";
import { ownershipTarget } from "../ownership-target";
import { isCarried, type Verdict } from "../policy/context";
import { roleFor } from "../policy/rewrite/grants";
import { movedName, movedStatement } from "../policy/rewrite/moved-schemas";
import { withAccessMethod } from "../policy/rewrite/storage";
import { splitStatements } from "../sql/statements";
import type { CompareOptions } from "./index";
import { normalise } from "./normalise";

/** An entry in the form in which two sides are held against each other. */
export interface Comparable {
  entry: ArchiveEntry;
  key: string;
  /** Equal for what is the same. */
  text: string;
  /** What a person reads of it. */
  shown: string;
  /** Null where owners are not compared. */
  owner: string | null;
  byDesign: string | null;
}

const GRANTS = new Set(["ACL", "ACL LANGUAGE", "DEFAULT ACL"]);

/** What the policy adds is no object of the schema. */
const ADDED = new Set(["ROLE", "OWNER"]);

type Expectation = Pick<Verdict, "entry" | "action" | "statement" | "reason">;

/** What the source should have become, by the policy. */
export function expectedEntries({ entries }: Archive, options: CompareOptions): Comparable[] {
  const { verdicts, movedSchemas = {} } = options;
  const list: readonly Expectation[] =
    verdicts ??
    entries.map((entry) => ({ entry, action: "apply", statement: withAccessMethod(entry.statement, entry) }));
  const handedOver = verdicts && newOwners(verdicts);
  return list
    .filter(({ entry, action }) => !ADDED.has(entry.kind) && isCarried(action) && isCompared(entry, options))
    .flatMap(({ entry, action, statement, reason }) => {
      const owner = handedOver ? (handedOver.get(entry.id) ?? null) : ownerOf(entry, options);
      const key = keyOf(entry, movedSchemas);
      const byDesign = action === "best-effort" ? (reason ?? "it was worth a try") : null;
      return parts(entry, movedStatement(statement, movedSchemas)).map((part) =>
        comparable({ entry, key, statement: part, owner, byDesign }),
      );
    });
}

export function foundEntries({ entries }: Archive, options: CompareOptions): Comparable[] {
  return entries
    .filter((entry) => isCompared(entry, options) && !isOfProvider(entry, options))
    .flatMap((entry) => {
      const key = keyOf(entry, {});
      return parts(entry, withAccessMethod(entry.statement, entry)).map((part) =>
        comparable({ entry, key, statement: part, owner: entry.owner, byDesign: null }),
      );
    });
}

function newOwners(verdicts: readonly Verdict[]): Map<number, string | null> {
  const handed = verdicts.filter(({ entry, action }) => entry.kind === "OWNER" && isCarried(action));
  return new Map(handed.flatMap(({ entry }) => entry.dependencies.map((id) => [id, entry.owner])));
}

function ownerOf(entry: ArchiveEntry, { ownership }: CompareOptions): string | null {
  return ownershipTarget(entry) === null || entry.owner === null ? null : roleFor(entry.owner, ownership);
}

/** Settings of the database are told in one entry, and are each a thing of their own. */
function parts({ kind }: ArchiveEntry, statement: string): string[] {
  if (kind !== "DATABASE PROPERTIES") return [statement];
  return splitStatements(statement)?.map(({ text }) => `${text};`) ?? [statement];
}

function isCompared(entry: ArchiveEntry, { ownership, ignoredSchemas }: CompareOptions): boolean {
  if (!/^(?!--)\S/m.test(entry.statement)) return false;
  if (ownership.mode === "none" && GRANTS.has(entry.kind)) return false;
  const schema = entry.kind === "SCHEMA" ? entry.name : entry.schema;
  if (schema !== null && ignoredSchemas.includes(schema)) return false;
  return !(isRemark(entry) && ignoredSchemas.some((ignored) => entry.name === `SCHEMA ${ignored}`));
}

function isOfProvider({ kind, owner }: ArchiveEntry, { ignoredRoles = [] }: CompareOptions): boolean {
  return kind === "DEFAULT ACL" && owner !== null && ignoredRoles.includes(owner);
}

/** The database has another name on the target, and nothing else is called after it. */
function keyOf(entry: ArchiveEntry, moved: Readonly<Record<string, string>>): string {
  const { kind, schema, name } = entry;
  if (isAboutDatabase(entry)) return `${kind} of the database`;
  return JSON.stringify([kind, schema === null ? null : (moved[schema] ?? schema), movedName(name, moved)]);
}

function comparable({ statement, ...rest }: Omit<Comparable, "text" | "shown"> & { statement: string }): Comparable {
  let text: string | undefined;
  return {
    ...rest,
    shown: statement,
    // Most statements are the same to the letter: only the others are read.
    get text() {
      text ??= normalise(statement, rest.entry.kind);
      return text;
    },
  };
}
