export const verifyLevels = ["none", "counts", "checksums"] as const;

/** What is compared of the rows of both sides: nothing, their number, or their number and contents. */
export type VerifyLevel = (typeof verifyLevels)[number];

/** Up to this size of the source a user who has not chosen gets checksums: they read every byte once more. */
export const CHECKSUMS_UP_TO_BYTES = 10e9;

/** Pure: what was chosen, or what fits the size of the database. */
export const verifyLevel = (chosen: VerifyLevel | null, databaseBytes: number): VerifyLevel =>
  chosen ?? (databaseBytes <= CHECKSUMS_UP_TO_BYTES ? "checksums" : "counts");
