import * as z from "zod";
import { parseTableName, type TableName } from "./table-name";
import { verifyLevels } from "./verify-level";

export const MAX_LANES = 16;

const schemaNames = z.array(z.string().min(1)).default([]);
const tableNames = z
  .array(z.string().refine((text) => parseTableName(text) !== null, "a table is named as schema.table"))
  .default([]);

/** What the user chose. Tables are named `schema.table`, quoted as in SQL where that is needed. */
export const importOptionsSchema = z.object({
  schemas: schemaNames,
  tables: tableNames,
  excludeTables: tableNames,
  excludeTableData: tableNames,
  /** Large objects come along too. They belong to no schema and no table, so it is all of them or none. */
  largeObjects: z.boolean().default(false),
  /** `data`: into tables that are there already, which Ferry does not make. */
  content: z.enum(["all", "schema", "data"]).default("all"),
  /** What is compared of the rows; null until the size of the source is known, which then decides: see verify-level.ts. */
  verify: z.enum(verifyLevels).nullable().default(null),
  /** Values of rows that differ are told as well, not only the columns. Keys are told in any case. */
  valuesInClear: z.boolean().default(false),
  /** Who owns what arrives, and whose grants come along. */
  owners: z
    .discriminatedUnion("mode", [
      z.object({ mode: z.literal("none") }),
      z.object({ mode: z.literal("keep") }),
      z.object({ mode: z.literal("map"), roles: z.record(z.string().min(1), z.string().min(1)) }),
    ])
    .default({ mode: "none" }),
  /** On Neon: to a branch that is deleted afterwards, to see how long it takes and whether all is well. */
  testRun: z.boolean().default(false),
  lanes: z.number().int().min(1).max(MAX_LANES).default(2),
  /** How fast the source may be read, by all lanes together; null for no limit. May change while the import runs. */
  maxMegabytesPerSecond: z.number().min(0.1).max(100_000).nullable().default(null),
  /** How long one step may work; null takes the platform's. */
  stepBudgetSeconds: z.number().min(1).max(3_600).nullable().default(null),
});

export type ImportOptions = z.infer<typeof importOptionsSchema>;

/** Names that the schema has already checked. */
export const readTableNames = (texts: string[]): TableName[] =>
  texts.map(parseTableName).filter((name) => name !== null);
