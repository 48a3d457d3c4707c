/** Rough speeds of one lane, to order work by size and to estimate; progress is measured, not guessed from these. */
export const COPY_BYTES_PER_SECOND = 60e6;
const INDEX_BYTES_PER_SECOND = 100e6;
const SCAN_BYTES_PER_SECOND = 400e6;
/** A sample of the rows: of a large table, few. */
const ANALYZE_BYTES_PER_SECOND = 800e6;
/** Each row is looked for in the other table. */
const VALIDATE_BYTES_PER_SECOND = 250e6;
/** Of both sides at once: every value is made a number. */
const CHECKSUM_BYTES_PER_SECOND = 70e6;
const STATEMENT_SECONDS = 0.002;

export const copyCost = (bytes: number, tables: number) => bytes / COPY_BYTES_PER_SECOND + tables * STATEMENT_SECONDS;
export const indexCost = (bytes: number) => bytes / INDEX_BYTES_PER_SECOND + STATEMENT_SECONDS;
export const scanCost = (bytes: number, tables = 1) => bytes / SCAN_BYTES_PER_SECOND + tables * STATEMENT_SECONDS;
export const analyzeCost = (bytes: number) => bytes / ANALYZE_BYTES_PER_SECOND + STATEMENT_SECONDS;
export const validateCost = (bytes: number) => bytes / VALIDATE_BYTES_PER_SECOND + STATEMENT_SECONDS;

/** A larger table is counted in pieces, and each side by itself. */
export const COUNTED_IN_PIECES_FROM_BYTES = 2 * 1024 ** 3;

export const checksumCost = (bytes: number) => bytes / CHECKSUM_BYTES_PER_SECOND + STATEMENT_SECONDS;
/** The same of checksums, which take longer. */
export const SUMMED_IN_PIECES_FROM_BYTES = 512 * 1024 ** 2;

export const inPiecesFrom = (checksums: boolean) =>
  checksums ? SUMMED_IN_PIECES_FROM_BYTES : COUNTED_IN_PIECES_FROM_BYTES;

/** Small tables are counted on both sides at once. */
export const compareCost = (bytes: number) => scanCost(bytes) * (bytes < COUNTED_IN_PIECES_FROM_BYTES ? 1 : 2);
export const statementsCost = (count: number) => count * STATEMENT_SECONDS;
