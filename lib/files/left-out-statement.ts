/** What a staging database cannot have, and an import leaves out or makes for itself; each is told, with its line. */
export interface LeftOutStatement {
  line: number;
  /** The beginning of the statement, without its values. */
  what: string;
  /** In the server's words. */
  why: string;
}

interface Rule {
  pattern: RegExp;
  sqlstates: readonly string[];
}

const INSUFFICIENT = "42501";
const UNDEFINED = ["42704", "42P01", "42883", "42703", "3F000", "3D000"];

/** What a dump says besides its tables and rows: roles of another server, what only a superuser may do, clean-up. */
const RULES: readonly Rule[] = [
  { pattern: /^alter\b.*\bowner to\b/is, sqlstates: [INSUFFICIENT, "42704"] },
  { pattern: /^(grant|revoke|alter default privileges)\b/i, sqlstates: [INSUFFICIENT, "42704", "0LP01"] },
  {
    pattern: /^(create|alter|drop|comment on) extension\b/i,
    sqlstates: [INSUFFICIENT, "42704", "0A000", "58P01", "22023"],
  },
  { pattern: /^comment on database\b/i, sqlstates: [INSUFFICIENT, "3D000"] },
  { pattern: /^(create|alter|drop) (role|user|group)\b/i, sqlstates: [INSUFFICIENT, "42704", "42710"] },
  { pattern: /^security label\b/i, sqlstates: [INSUFFICIENT, "22023", "42704"] },
  // Unknown to this version. One that is known and refused a value, such as a time zone, says how rows are to be read.
  { pattern: /^set (?!.*\b(client_encoding|names)\b)/is, sqlstates: [INSUFFICIENT, "42704"] },
  {
    pattern: /^set (session authorization|role|default_tablespace|default_table_access_method)\b/i,
    sqlstates: [INSUFFICIENT, "42704", "22023"],
  },
  // What `pg_dump --clean` takes away before it makes it.
  { pattern: /^drop\b/i, sqlstates: UNDEFINED },
  { pattern: /^alter\b.*\bdrop (constraint|column)\b/is, sqlstates: UNDEFINED },
  { pattern: /^create schema public\b/i, sqlstates: ["42P06"] },
  { pattern: /^(create|alter|comment on)\b/i, sqlstates: [INSUFFICIENT] },
];

/** Whether the load goes on after the server has refused this statement. Rows are never left out. Pure. */
export const mayBeLeftOut = (text: string, sqlstate: string | null): boolean =>
  sqlstate !== null && RULES.some(({ pattern, sqlstates }) => sqlstates.includes(sqlstate) && pattern.test(text));

const LONGEST = 120;

/** Its beginning on one line. What stands in quotes may be anything, a password too: it ends before that. Pure. */
export function statementWords(text: string): string {
  const words = (/^[^'$]*/.exec(text)?.[0] ?? "").replace(/--.*$/gm, "").replace(/\s+/g, " ").trim().replace(/;$/, "");
  return words.length > LONGEST ? `${words.slice(0, LONGEST)}…` : words;
}
