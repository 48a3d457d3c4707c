/** Rough speeds of one lane, to order work by size and to estimate; progress is measured, not guessed from these. */
const COPY_BYTES_PER_SECOND = 60e6;
const INDEX_BYTES_PER_SECOND = 100e6;
const SCAN_BYTES_PER_SECOND = 400e6;
const STATEMENT_SECONDS = 0.002;

export const copyCost = (bytes: number, tables: number) => bytes / COPY_BYTES_PER_SECOND + tables * STATEMENT_SECONDS;
export const indexCost = (bytes: number) => bytes / INDEX_BYTES_PER_SECOND + STATEMENT_SECONDS;
export const scanCost = (bytes: number, tables = 1) => bytes / SCAN_BYTES_PER_SECOND + tables * STATEMENT_SECONDS;
export const statementsCost = (count: number) => count * STATEMENT_SECONDS;
