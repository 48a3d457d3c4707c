/** What is Postgres' own, or Neon's: neither takes a database or a role of that name. */
const TAKEN_DATABASES: ReadonlySet<string> = new Set(["postgres", "template0", "template1"]);
/** What Neon calls a database for which nobody has a better name. */
const PLAIN_NAME = "neondb";
const OWNER = "_owner";
const LONGEST_BYTES = 63;

/** `import-2026-11-20T09-30`, in UTC, and `-2`, `-3` where that is taken. Pure. */
export function importBranchName(at: Date, taken: ReadonlySet<string> = new Set()): string {
  const name = `import-${at.toISOString().slice(0, 16).replace(":", "-")}`;
  return freeName(name, taken);
}

export function freeName(name: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const numbered = number === 1 ? name : `${name}-${number}`;
    if (!taken.has(numbered)) return numbered;
  }
}

/** The source's own name, unless that is one that every server has: then Neon's. Pure. */
export function databaseNameOf(source: string): string {
  return source === "" || TAKEN_DATABASES.has(source) ? PLAIN_NAME : source;
}

/** The role that owns the database, named as Neon does it. `pg_…` is for Postgres' own roles. Pure. */
export function ownerNameOf(database: string): string {
  const name = /^pg_/i.test(database) ? `db_${database}` : database;
  return `${shorten(name, LONGEST_BYTES - OWNER.length)}${OWNER}`;
}

function shorten(text: string, bytes: number): string {
  let short = text;
  while (Buffer.byteLength(short) > bytes) short = [...short].slice(0, -1).join("");
  return short;
}
