/** Progress, and its wonder at not finding its own file. */
const NOISE = /^(pg_dump: (?!error:|detail:|hint:|warning:)|could not find a "pg_dump"|invalid binary)/;
const LONGEST = 600;

/** Out of all that pg_dump said with --verbose, what it gave as the reason of its end. Pure. */
export function failureWords(standardError: string): string {
  const lines = standardError.split("\n").filter((line) => line.trim() !== "" && !NOISE.test(line));
  const first = lines.findIndex((line) => line.startsWith("pg_dump: error:"));
  const told = withoutQueries(first === -1 ? lines : lines.slice(first))
    .map((line) => line.replace(/^pg_dump: (error: |detail: |hint: )?/, "").trim())
    .join(" ");
  return told.length > LONGEST ? `${told.slice(0, LONGEST)}…` : told;
}

/** A query is pg_dump's own, goes over many lines and can list every table of the database. */
function withoutQueries(lines: string[]): string[] {
  let inQuery = false;
  return lines.filter((line) => {
    if (line.startsWith("pg_dump: ")) inQuery = line.startsWith("pg_dump: detail: Query was:");
    return !inQuery;
  });
}
