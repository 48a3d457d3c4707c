import { parseArgs } from "node:util";
import { VERSIONS, type Version } from "@/e2e/servers/versions";
import { type VerifyLevel, verifyLevels } from "@/lib/plan/verify-level";

export interface BenchOptions {
  shape: Shape;
  runs: number;
  lanes: number;
  from: Version;
  to: Version;
  ferryOnly: boolean;
  /** Names of peers that stay out, or how they begin. */
  without: string[];
  profile: boolean;
  json: boolean;
  keep: boolean;
  /** What Ferry compares afterwards; the others compare nothing. */
  verify: VerifyLevel;
}

/** What is copied: the shop at a scale, or so many small tables. */
export type Shape = { kind: "shop"; scale: number } | { kind: "small-tables"; tables: number };

export const USAGE = `Usage: npm run bench -- [options]

Times Ferry beside what else copies a Postgres database, in turn, each into a fresh database.

  --scale N            size of the shop that is copied: 1 is about 1.0 GB (1)
  --small-tables N     N small tables instead
  --runs N             rounds (3)
  --lanes N            lanes of Ferry, jobs of the others (2)
  --from V, --to V     versions of Postgres (15)
  --ferry-only         without the others
  --verify LEVEL       what Ferry compares afterwards: none, counts or checksums (none, as the others do)
  --without NAME,...   without these: pgcopydb needs minutes for thousands of tables
  --profile            with --ferry-only: where the time goes
  --keep               keep the source for the next time
  --json               one JSON document on stdout at the end
`;

/** Wrong usage. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

const text = { type: "string" } as const;
const flag = { type: "boolean", default: false } as const;

const FLAGS = {
  scale: text,
  "small-tables": text,
  runs: { ...text, default: "3" },
  lanes: { ...text, default: "2" },
  from: { ...text, default: "15" },
  to: { ...text, default: "15" },
  "ferry-only": flag,
  verify: { ...text, default: "none" },
  without: { ...text, default: "" },
  profile: flag,
  keep: flag,
  json: flag,
  help: { ...flag, short: "h" },
} as const;

/** Pure. Null asks for the help. */
export function readOptions(args: string[]): BenchOptions | null {
  const values = parse(args);
  if (values.help) return null;
  const { scale, "small-tables": tables } = values;
  if (scale !== undefined && tables !== undefined)
    throw new UsageError("--scale and --small-tables exclude each other.");
  if (values.profile && !values["ferry-only"]) throw new UsageError("--profile goes with --ferry-only.");
  return {
    shape:
      tables === undefined
        ? { kind: "shop", scale: positive("scale", scale ?? "1") }
        : { kind: "small-tables", tables: whole("small-tables", tables) },
    runs: whole("runs", values.runs),
    lanes: whole("lanes", values.lanes),
    from: version("from", values.from),
    to: version("to", values.to),
    ferryOnly: values["ferry-only"],
    without: values.without.split(",").filter((name) => name !== ""),
    profile: values.profile,
    json: values.json,
    keep: values.keep,
    verify: level(values.verify),
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: FLAGS, strict: true }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : "The arguments cannot be read.");
  }
}

function positive(name: string, value: string): number {
  const number = value.trim() === "" ? Number.NaN : Number(value);
  if (!(number > 0 && Number.isFinite(number))) throw new UsageError(`--${name}: a number above zero.`);
  return number;
}

function whole(name: string, value: string): number {
  const number = positive(name, value);
  if (!Number.isInteger(number)) throw new UsageError(`--${name}: a whole number.`);
  return number;
}

function level(value: string): VerifyLevel {
  const known = verifyLevels.find((candidate) => candidate === value);
  if (known === undefined) throw new UsageError(`--verify: one of ${verifyLevels.join(", ")}.`);
  return known;
}

function version(name: string, value: string): Version {
  const known = VERSIONS.find((candidate) => String(candidate) === value);
  if (known === undefined) throw new UsageError(`--${name}: one of ${VERSIONS.join(", ")}.`);
  return known;
}
