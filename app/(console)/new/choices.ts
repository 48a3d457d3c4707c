import { type ImportOptions, importOptionsSchema } from "@/lib/plan/options";

/** What is chosen in the third step. It is kept with the draft. */
export const choicesSchema = importOptionsSchema.pick({
  schemas: true,
  tables: true,
  excludeTables: true,
  excludeTableData: true,
  content: true,
  owners: true,
  verify: true,
  valuesInClear: true,
  lanes: true,
  maxMegabytesPerSecond: true,
  largeObjects: true,
});

export type Choices = Pick<ImportOptions, keyof typeof choicesSchema.shape>;

/** Of a draft's options, or of what a browser has kept; null where that is something else. */
export const readChoices = (given: unknown): Choices | null => choicesSchema.safeParse(given).data ?? null;
