import fc from "fast-check";
import type { ServerFacts, SourceMaterializedView, SourceRelation, SourceTable } from "@/lib/source/inventory";
import { type KeyType, keyTypes, type TableKey } from "@/lib/source/table-keys";
import type { ObjectsToPlan } from "./large-object-units";
import type { PlanInput } from "./plan-units";
import type { PlannedEntry } from "./planned-entry";
import { verifyLevels } from "./verify-level";

const MB = 1024 * 1024;

/** Sizes crowd around the edges where a table changes its treatment. */
const bytes = fc.oneof(
  fc.constantFrom(0, 1, 8_192, 4 * MB - 1, 4 * MB, 16 * MB, 32 * MB, 64 * MB, 512 * MB - 1, 512 * MB, 512 * MB + 1),
  fc.integer({ min: 0, max: 4 * MB }),
  fc.integer({ min: 4 * MB, max: 600 * MB }),
  fc.integer({ min: 512 * MB, max: 20_000 * MB }),
);

/** Heap pages say little about size: TOAST may hold all of it, and the statistics may be of another day. */
const sizes = bytes.chain((size) =>
  fc.record({
    bytes: fc.constant(size),
    pages: fc.oneof(fc.constantFrom(0, 1, 2), fc.integer({ min: 0, max: Math.ceil(size / 8_192) + 10 })),
  }),
);

export const serverOf = (major: number): ServerFacts => ({
  versionNumber: major * 10_000 + 3,
  version: `${major}.3`,
  versionText: `PostgreSQL ${major}.3`,
  database: "shop",
  user: "anna",
  databaseBytes: 0,
  encoding: "UTF8",
  collation: "C",
  inRecovery: false,
  isSuperuser: false,
  bypassesRowSecurity: false,
  freeConnections: 90,
});

export const tableOf = (oid: number, more: Partial<SourceTable> = {}): SourceTable => ({
  oid,
  schema: "public",
  name: `table_${oid}`,
  readable: true,
  columns: [{ name: "id", typeOid: 23, generated: false }],
  estimatedRows: 0,
  bytes: 0,
  pages: 0,
  schemaUsable: true,
  rowsHidden: false,
  unlogged: false,
  ...more,
});

/** Values as a server writes them as JSON; some are of a kind that no range can begin with. */
const keyValues: Record<KeyType, fc.Arbitrary<string>> = {
  int2: fc.integer({ min: -32_768, max: 32_767 }).map(String),
  int4: fc.integer().map(String),
  int8: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
  uuid: fc.uuid(),
  date: fc.oneof(
    fc
      .date({ min: new Date("1000-01-01"), max: new Date("9999-12-31"), noInvalidDate: true })
      .map((at) => at.toISOString().slice(0, 10)),
    fc.constantFrom("infinity", "-infinity", "0044-03-15 BC", "12024-01-01"),
  ),
  timestamp: fc.oneof(moments(""), fc.constantFrom("infinity", "-infinity", "0044-03-15T10:00:00 BC")),
  timestamptz: fc.oneof(
    moments("+00:00"),
    moments("-09:30"),
    fc.constantFrom("infinity", "1850-01-01T00:00:00+00:19:32"),
  ),
};

function moments(offset: string): fc.Arbitrary<string> {
  return fc
    .tuple(fc.date({ min: new Date("1000-01-02"), max: new Date("9999-12-30"), noInvalidDate: true }), fc.nat(999_999))
    .map(([at, micros]) => {
      const fraction = micros === 0 ? "" : `.${String(micros).padStart(6, "0").replace(/0+$/, "")}`;
      return `${at.toISOString().slice(0, 19)}${fraction}${offset}`;
    });
}

export const keyValue = (type: KeyType) => keyValues[type];

/** Bounds in any order, some of them twice: whatever the statistics say. */
export const key: fc.Arbitrary<TableKey> = fc.constantFrom(...keyTypes).chain((type) =>
  fc.record({
    column: fc.constantFrom("id", 'the "key"'),
    type: fc.constant(type),
    bounds: fc.array(keyValues[type], { maxLength: 102 }),
  }),
);

export const tables = (maxLength = 60): fc.Arbitrary<SourceTable[]> =>
  fc
    .array(fc.tuple(sizes, fc.option(key, { nil: undefined })), { maxLength })
    .map((list) => list.map(([size, key], index) => tableOf(1_000 + index, { ...size, key })));

export const server = fc.integer({ min: 10, max: 18 }).map(serverOf);

const relation = (oid: number): SourceRelation => ({ oid, schema: "public", name: `relation_${oid}`, readable: true });

/** Each reads only views that come before it: the catalogue knows no circles. */
const materializedViews: fc.Arbitrary<SourceMaterializedView[]> = fc
  .array(fc.array(fc.nat(20), { maxLength: 3 }), { maxLength: 6 })
  .map((list) =>
    list.map((reads, index) => ({
      ...relation(5_000 + index),
      // 4_999 is not among them: a view outside the filter.
      reads: [...new Set(reads.map((read) => (read < index ? 5_000 + read : 4_999)))],
    })),
  );

const FK = (owner: string, name: string, end = "") =>
  `ALTER TABLE ${owner}\n    ADD CONSTRAINT ${name} FOREIGN KEY (a) REFERENCES public.b(id)${end};`;

const KINDS = [
  ...["TABLE", "TYPE", "FUNCTION", "VIEW", "SEQUENCE"].map((kind) => ({ kind, section: "pre-data" as const })),
  ...[
    "INDEX",
    "CONSTRAINT",
    "INDEX ATTACH",
    "FK CONSTRAINT",
    "CHECK CONSTRAINT",
    "VIEW",
    "MATERIALIZED VIEW",
    "FUNCTION",
  ]
    .concat(["RULE", "TRIGGER", "POLICY", "COMMENT", "STATISTICS", "ACL"])
    .map((kind) => ({ kind, section: "post-data" as const })),
];

const shape = fc.record({
  kind: fc.constantFrom(...KINDS),
  place: fc.nat(),
  returnRule: fc.boolean(),
  /** Of the entry that a foreign key leans on; there may be none that the plan has seen. */
  references: fc.option(fc.integer({ min: 1, max: 80 })),
  foreignKey: fc.constantFrom(
    FK("ONLY public.a", "a_fkey"),
    FK("ONLY public.a", '"A ""fkey"""'),
    FK("ONLY public.a", "a_fkey", " NOT VALID"),
    FK("ONLY public.a", "a_fkey", " NOT ENFORCED"),
    FK("public.partitioned", "p_fkey"),
  ),
});

/** What an entry may belong to: a definition is its own relation, never a table. */
function placesOf(kind: string, returnRule: boolean, oids: number[], views: number[]): number[] {
  if (kind === "MATERIALIZED VIEW") return views;
  if (kind === "VIEW" || returnRule) return [7_000];
  if (kind === "FUNCTION") return [];
  return kind === "INDEX" ? [...oids, ...views] : oids;
}

/** Entries whose tables are among the given oids, or none. */
function entries(oids: number[], views: number[]): fc.Arbitrary<PlannedEntry[]> {
  return fc.array(shape, { maxLength: 80 }).map((list) =>
    list.map(({ kind: { kind, section }, place, returnRule, references, foreignKey }, index): PlannedEntry => {
      const name = kind === "RULE" && returnRule ? "v _RETURN" : `name_${index}`;
      const places = placesOf(kind, name === "v _RETURN", oids, views);
      return {
        id: index + 1,
        kind,
        section,
        subject: `public.${name}`,
        name,
        tableOid: places.length === 0 ? null : (places[place % places.length] ?? null),
        dependencies: kind === "FK CONSTRAINT" && references !== null ? [references] : [],
        statement: kind === "FK CONSTRAINT" ? foreignKey : `CREATE ${kind} ${name};`,
        bestEffort: false,
      };
    }),
  );
}

export const oid = fc.oneof(
  fc.constantFrom(1, 2, 16_384, 2 ** 31, 2 ** 32 - 2, 2 ** 32 - 1),
  fc.integer({ min: 1, max: 2 ** 32 - 1 }),
);

export const objectsToPlan: fc.Arbitrary<ObjectsToPlan> = fc.record({
  bytes: fc.nat(),
  starts: fc.uniqueArray(oid, { maxLength: 25 }).map((oids) => oids.sort((left, right) => left - right)),
});

export const planInputs: fc.Arbitrary<PlanInput> = fc.tuple(tables(40), materializedViews).chain(([list, views]) => {
  const oids = list.map((table) => table.oid);
  return fc.record({
    server,
    entries: entries(
      oids,
      views.map((view) => view.oid),
    ),
    tables: fc.constant(list),
    filled: fc.subarray(oids).map((some) => new Set(some)),
    sequences: fc
      .integer({ min: 0, max: 1_200 })
      .map((count) => Array.from({ length: count }, (_, index) => relation(9_000 + index))),
    materializedViews: fc.subarray(views),
    largeObjects: fc.option(objectsToPlan),
    verify: fc.constantFrom(...verifyLevels),
    lanes: fc.integer({ min: 1, max: 16 }),
  });
});
