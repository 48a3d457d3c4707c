import type { ArchiveEntry } from "../archive";
import { type EntriesById, entryTitle, isRelation, isRemark, tableOf } from "../entry-facts";
import { type ChosenRelations, chooseRelations } from "./chosen-relations";
import type { SchemaFilter } from "./context";

export interface Scope {
  /** Entry to the reason why it is outside. */
  leftOut: ReadonlyMap<number, string>;
  /** Tables outside the selection that something inside cannot be created without, to what that is. */
  definitionOnly: ReadonlyMap<number, string>;
}

/** These hold rows: one outside the selection is not dragged in for something that can be missing. */
const HOLD_ROWS = new Set(["TABLE", "FOREIGN TABLE", "MATERIALIZED VIEW"]);
/** Can be missing without losing rows. All others drag in what they need. */
const CAN_BE_MISSING = new Set([
  "AGGREGATE",
  "FK CONSTRAINT",
  "FUNCTION",
  "MATERIALIZED VIEW",
  "POLICY",
  "PROCEDURE",
  "PUBLICATION TABLE",
  "RULE",
  "STATISTICS",
  "TRIGGER",
  "VIEW",
]);
/** Joined to what they hang on and to something else: they come when both do. */
const JOINTS = new Set(["TABLE ATTACH", "INDEX ATTACH", "SEQUENCE OWNED BY", "PUBLICATION TABLE"]);

const OUTSIDE = "it is outside of what was chosen";

/**
 * What a choice of schemas and tables means for each entry: chosen relations, what hangs on them, and what these
 * cannot be created without (a serial's sequence, a column's type, a default's function). Pure.
 */
export function chooseScope(entries: readonly ArchiveEntry[], byId: EntriesById, filter: SchemaFilter): Scope {
  const { schemas, tables, excludeTables } = filter;
  if (schemas.length + tables.length + excludeTables.length === 0) {
    return { leftOut: new Map(), definitionOnly: new Map() };
  }
  const relations = chooseRelations(entries, byId, filter);
  const growing = new GrowingScope(byId, relations.chosen);

  const wanted = entries.filter((entry) => isWanted(entry, tableOf(entry, byId), filter, relations));
  const mayMiss = ({ kind }: ArchiveEntry) => CAN_BE_MISSING.has(kind);
  const hangsOnView = (entry: ArchiveEntry) => CAN_BE_MISSING.has(tableOf(entry, byId)?.kind ?? "");
  for (const entry of wanted) if (!mayMiss(entry) && !hangsOnView(entry)) growing.drag(entry);
  for (const entry of wanted) if (mayMiss(entry)) growing.bringIfComplete(entry);
  for (const entry of wanted) if (!mayMiss(entry) && hangsOnView(entry)) growing.bringIfComplete(entry);
  for (const entry of entries) if (JOINTS.has(entry.kind)) growing.bringIfJoined(entry);
  for (const entry of entries) if (isRemark(entry)) growing.bringIfJoined(entry);

  const outside = entries.filter(({ id }) => !growing.inside.has(id));
  return {
    leftOut: new Map(outside.map(({ id }) => [id, growing.incomplete.get(id) ?? OUTSIDE])),
    definitionOnly: growing.definitionOnly,
  };
}

/** True for what is wanted for its own sake, and not only because something needs it. */
function isWanted(
  entry: ArchiveEntry,
  table: ArchiveEntry | null,
  { schemas, tables }: SchemaFilter,
  { chosen, excluded }: ChosenRelations,
): boolean {
  if (excluded.has(entry.id) || isRemark(entry) || JOINTS.has(entry.kind)) return false;
  if (table) return chosen.has(table.id);
  if (isRelation(entry)) return chosen.has(entry.id);
  // Operator classes, and whatever a function's body calls, are needed without a dependency that says so.
  if (schemas.length + tables.length === 0 || entry.kind === "EXTENSION") return true;
  return schemas.includes(entry.kind === "SCHEMA" ? entry.name : (entry.schema ?? ""));
}

/** Follows dependencies from what is wanted. */
class GrowingScope {
  readonly inside = new Set<number>();
  readonly definitionOnly = new Map<number, string>();
  readonly incomplete = new Map<number, string>();

  constructor(
    private readonly byId: EntriesById,
    private readonly chosen: ReadonlySet<number>,
  ) {}

  /** Takes an entry in together with all that it needs. */
  drag(entry: ArchiveEntry): void {
    const open: { entry: ArchiveEntry; neededBy: ArchiveEntry | null }[] = [{ entry, neededBy: null }];
    for (let next = open.pop(); next; next = open.pop()) {
      const { entry: found, neededBy } = next;
      if (this.inside.has(found.id)) continue;
      this.inside.add(found.id);
      if (neededBy && found.kind === "TABLE" && !this.chosen.has(found.id)) {
        this.definitionOnly.set(found.id, `only its definition, which ${entryTitle(neededBy)} needs`);
      }
      for (const needed of this.needsOf(found)) open.push({ entry: needed, neededBy: found });
    }
  }

  /** Takes an entry in unless it needs rows that are outside of what was chosen. */
  bringIfComplete(entry: ArchiveEntry): void {
    const seen = new Set<number>();
    const open = [entry];
    for (let next = open.pop(); next; next = open.pop()) {
      if (seen.has(next.id) || this.inside.has(next.id)) continue;
      seen.add(next.id);
      if (HOLD_ROWS.has(next.kind) && !this.chosen.has(next.id)) {
        this.incomplete.set(entry.id, `it needs ${entryTitle(next)}, which is outside of what was chosen`);
        return;
      }
      open.push(...this.needsOf(next));
    }
    this.drag(entry);
  }

  bringIfJoined(entry: ArchiveEntry): void {
    if (this.needsOf(entry).every(({ id }) => this.inside.has(id))) this.inside.add(entry.id);
  }

  private needsOf({ dependencies }: ArchiveEntry): ArchiveEntry[] {
    return dependencies.map((id) => this.byId.get(id)).filter((needed) => needed !== undefined);
  }
}
