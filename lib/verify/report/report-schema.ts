import * as z from "zod";

/** Raised when a field changes its meaning or goes; new fields do not raise it. */
export const REPORT_VERSION = 1;

const endSchema = z.object({
  host: z.string(),
  port: z.number(),
  database: z.string(),
  version: z.string().nullable(),
});

/** Under which state of a database its rows and objects were read. */
const snapshotSchema = z.object({
  /** As the server named it; null where it did not have to be handed on. */
  name: z.string().nullable(),
  /** `pg_current_snapshot()` when it was taken. */
  horizon: z.string().nullable(),
  at: z.string(),
});

const tableSchema = z.object({
  schema: z.string(),
  name: z.string(),
  /** Rows on each side; null where nothing was compared, for the reason in `detail`. */
  rows: z.object({ source: z.number(), target: z.number() }).nullable(),
  /** What was copied, or for a later verification what the table takes on the source. */
  bytes: z.number(),
  compared: z.enum(["checksums", "counts", "none"]),
  /** False where its rows were not to come along. */
  asked: z.boolean(),
  equal: z.boolean(),
  checksums: z.object({ source: z.string(), target: z.string() }).nullable(),
  detail: z.string().nullable(),
});

const objectDifferenceSchema = z.object({
  code: z.string(),
  subject: z.string(),
  expected: z.string(),
  found: z.string(),
  detail: z.string().nullable(),
});

const objectsSchema = z.object({
  kinds: z.array(z.object({ kind: z.string(), count: z.number() })),
  /** States that no definition tells, and of how many objects each was compared. */
  states: z.array(z.object({ what: z.string(), count: z.number() })),
  differences: z.array(objectDifferenceSchema),
  /** They differ by a decision that was made before the import: no failure. */
  byDesign: z.array(objectDifferenceSchema.extend({ reason: z.string() })),
  /** By policy not carried at all. */
  leftOut: z.array(z.object({ object: z.string(), reason: z.string() })),
});

const smokeSchema = z.object({
  tables: z.number(),
  rows: z.number(),
  differences: z.array(z.object({ table: z.string(), detail: z.string() })),
  notCompared: z.array(z.object({ reason: z.string(), tables: z.number() })),
});

export const reportSchema = z.object({
  version: z.literal(REPORT_VERSION),
  /** `import` was made at the end of an import, `later` any time afterwards. */
  kind: z.enum(["import", "later"]),
  importId: z.string().nullable(),
  /** Only where no objects were compared: rows came into tables that the target had already. */
  content: z.literal("data").optional(),
  at: z.string(),
  source: endSchema,
  target: endSchema,
  snapshots: z.object({ source: snapshotSchema, target: snapshotSchema.nullable() }),
  verdict: z.enum(["equal", "differences"]),
  totals: z.object({
    tables: z.number(),
    /** Rows of the source that were compared. */
    rows: z.number(),
    bytes: z.number(),
    objects: z.number(),
    differences: z.number(),
    leftOut: z.number(),
    /** Tables whose rows should have been compared and were not, for the reason that each has. */
    notCompared: z.number(),
  }),
  tables: z.array(tableSchema),
  objects: objectsSchema,
  smoke: smokeSchema.nullable(),
  /** Anything else that was compared, such as large objects. */
  others: z.array(
    z.object({ kind: z.string(), subject: z.string(), equal: z.boolean(), source: z.string(), target: z.string() }),
  ),
});

export type Report = z.infer<typeof reportSchema>;
export type ReportTable = z.infer<typeof tableSchema>;
export type ReportObjects = z.infer<typeof objectsSchema>;
export type ReportSmoke = z.infer<typeof smokeSchema>;
export type ReportEnd = z.infer<typeof endSchema>;

/** A report as it is handed out: with the statement that sums it up, signed over the digest of all else. */
export const reportDocumentSchema = reportSchema.extend({ statement: z.string() });

/** For scripts that read reports. */
export const reportJsonSchema = (): object => ({
  title: "Ferry verification report",
  ...z.toJSONSchema(reportDocumentSchema, { io: "output" }),
});
