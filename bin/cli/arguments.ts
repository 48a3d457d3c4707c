import { parseArgs } from "node:util";
import { type ImportOptions, importOptionsSchema } from "@/lib/plan/options";
import { type NeonWish, readNeonWish } from "./neon-arguments";
import { isProof, PROOF_ONLY, type ProofCommand, readProof } from "./proof-arguments";
import { UsageError } from "./usage-error";

export { UsageError };

export type Command =
  | { name: "import"; source: string; target: string | NeonWish; options: ImportOptions; json: boolean }
  | {
      name: "check";
      source: string;
      target: string | NeonWish | null;
      options: ImportOptions;
      json: boolean;
      script: boolean;
    }
  | { name: "pause"; importId: string; letGo: boolean; json: boolean }
  | { name: "resume"; importId: string; json: boolean }
  | { name: "cancel"; importId: string; discard: boolean; json: boolean }
  | { name: "retry"; importId: string; all: boolean; source?: string; target?: string; json: boolean }
  | ProofCommand
  | { name: "help" };

/** What is done with an import that there is already. */
export type ControlCommand = Extract<Command, { importId: string }>;

export const USAGE = `Usage:
  ferry import --source <url> --target <url> [options]
  ferry import --source <url> --neon-project <id> [options]   a new branch of it; the API key is in NEON_API_KEY,
                                                              without one it is a project on this machine
  ferry import --source <url> --neon-new-project <name> --region <region> --pg-version <14 to 18> [options]
  ferry check  --source <url> [--target <url> or a project of Neon as above] [options]
  ferry verify --source <url> --target <url> [options]  compares two databases as they are now
  ferry pause  <import> [--let-go]   the source's snapshot is held on, unless it is to be let go
  ferry resume <import>              goes on with what is not done yet
  ferry retry  <import> [--all]      a failed import: goes on, or reads everything again; a day after its end with
                                     --source <url> and --target <url>, since Ferry has forgotten them
  ferry cancel <import> [--discard]  for good; the target keeps what arrived, or loses what Ferry made
  ferry report <import> [--json|--statement]     what its verification says, as Markdown or JSON, or signed
  ferry verify-statement <file> [--key <key>]    whether a signed statement is as it was signed
  ferry public-key                               with what this Ferry signs

Options of import, check and verify:
  --schemas a,b                only these schemas
  --tables s.t,...             only these tables
  --exclude-tables s.t,...     without these tables
  --exclude-table-data s.t,... these tables without their rows
  --schema-only                no rows
  --data-only                  only rows, into tables that the target has already; not into a project of Neon
  --large-objects              large objects too, under the same numbers
  --keep-owners                owners and grants as on the source; missing roles are created
  --map-owners a=b,...         what belongs to role a goes to role b, with its grants
  --json                       one JSON document on stdout at the end

Options of check:
  --script                     the SQL of all remedies as one script on stdout, what was found on stderr

Options of import:
  --verify LEVEL               compare both sides afterwards: none, counts, or checksums of all rows
                               (checksums up to 10 GB, counts above)
  --show-values                tell the values of rows that differ, not only their keys and columns
  --lanes N                    work on N things at once, 1 to 16 (2)
  --speed-limit MB             read no more megabytes a second from the source
  --step-budget SECONDS        longest a single step may work

Options of an import into Neon (--test-run not of check):
  --neon-organization ID       where the new project is to be, if the key sees several organizations
  --test-run                   into a branch that is deleted afterwards, to see how long it takes

Exit codes: 0 imported and verified, 1 failed, 2 wrong usage, 3 blocked by a check, 4 differences found, 5 paused
and not held on. verify: 0 equal, 4 differences. verify-statement: 0 valid, 1 not. pause and cancel: 0 when it is so. resume and retry: 0 as soon as a Ferry that runs here goes on;
without one they do the work themselves and end as import does.
`;

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;

const FLAGS = {
  source: text,
  target: text,
  schemas: text,
  tables: text,
  "exclude-tables": text,
  "exclude-table-data": text,
  "schema-only": flag,
  "data-only": flag,
  "large-objects": flag,
  "keep-owners": flag,
  "map-owners": text,
  verify: text,
  "show-values": flag,
  lanes: text,
  "speed-limit": text,
  "step-budget": text,
  "neon-project": text,
  "neon-new-project": text,
  "neon-organization": text,
  region: text,
  "pg-version": text,
  "test-run": flag,
  "let-go": flag,
  discard: flag,
  all: flag,
  json: flag,
  script: flag,
  markdown: flag,
  statement: flag,
  key: text,
  help: { type: "boolean", short: "h" },
} as const;

/** Options whose flag is not simply their name. */
const FLAG_OF: Record<string, string> = { maxMegabytesPerSecond: "speed-limit", stepBudgetSeconds: "step-budget" };
const IMPORT_ONLY = new Set(["verify", "show-values", "lanes", "speed-limit", "step-budget", "test-run"]);

/** Reads what was typed after `ferry`. Pure; everything wrong is a UsageError with the sentence to print. */
export function readCommand(args: string[]): Command {
  const { values, positionals } = parse(args);
  const [name, ...rest] = positionals;
  if (values.help || name === undefined || name === "help") return { name: "help" };
  const json = values.json ?? false;
  if (isControl(name)) return readControl(name, rest, values);
  if (isProof(name)) return readProof(name, rest, values, readOptions);
  const proof = Object.keys(values).find((key) => PROOF_ONLY.has(key));
  if (proof) throw new UsageError(`--${proof} does not belong to import or check.`);
  if (rest.length > 0)
    throw new UsageError(`Nothing more is expected after ${name}: connection strings go with --source and --target.`);
  const control = Object.keys(values).find((key) => CONTROL_ONLY.has(key));
  if (control) throw new UsageError(`--${control} does not belong to import or check.`);
  switch (name) {
    case "import": {
      if (values.script) throw new UsageError("--script does not belong to import.");
      const { source } = values;
      if (!source) throw new UsageError("--source is missing: the connection string to read from.");
      const target = readNeonWish(values) ?? values.target;
      if (!target) throw new UsageError("--target is missing: the connection string to write to.");
      return { name, source, target, options: readOptions(values), json };
    }
    case "check": {
      const foreign = Object.keys(values).find((key) => IMPORT_ONLY.has(key));
      if (foreign) throw new UsageError(`--${foreign} does not belong to check.`);
      const { source, script = false } = values;
      const target = readNeonWish(values) ?? values.target ?? null;
      if (!source) throw new UsageError("--source is missing: the connection string to look at.");
      if (json && script)
        throw new UsageError("--json and --script exclude each other: the document has the script too.");
      return { name, source, target, options: readOptions(values), json, script };
    }
    default:
      throw new UsageError(
        "The command is none of import, check, verify, report, verify-statement, public-key, pause, resume, retry and cancel.",
      );
  }
}

const OWN_FLAG = { pause: "let-go", resume: null, cancel: "discard", retry: "all" } as const;
const CONTROL_ONLY = new Set(Object.values(OWN_FLAG).filter((name) => name !== null) as string[]);

/** A retry may be long after the passwords were forgotten. */
const RETRY_ALSO = new Set(["source", "target"]);

const isControl = (name: string): name is ControlCommand["name"] => Object.hasOwn(OWN_FLAG, name);

function readControl(name: ControlCommand["name"], rest: string[], values: Values): ControlCommand {
  const [importId, ...more] = rest;
  if (!importId) throw new UsageError(`Which import? ferry ${name} is followed by the id that ferry import has told.`);
  if (more.length > 0) throw new UsageError(`ferry ${name} takes one import.`);
  const isKnown = (key: string) =>
    key === "json" || key === OWN_FLAG[name] || (name === "retry" && RETRY_ALSO.has(key));
  const foreign = Object.keys(values).find((key) => !isKnown(key));
  if (foreign) throw new UsageError(`--${foreign} does not belong to ${name}.`);
  const json = values.json ?? false;
  switch (name) {
    case "pause":
      return { name, importId, letGo: values["let-go"] ?? false, json };
    case "resume":
      return { name, importId, json };
    case "cancel":
      return { name, importId, discard: values.discard ?? false, json };
    case "retry":
      return { name, importId, all: values.all ?? false, source: values.source, target: values.target, json };
  }
}

export type Values = ReturnType<typeof parse>["values"];

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: FLAGS, allowPositionals: true, strict: true });
  } catch (error) {
    // Its message repeats the flag, never the value.
    throw new UsageError(error instanceof Error ? (error.message.split(".")[0] ?? "") : "The arguments cannot be read");
  }
}

function readContent(values: Values): ImportOptions["content"] {
  if (values["schema-only"] && values["data-only"])
    throw new UsageError("--schema-only and --data-only exclude each other.");
  if (values["data-only"] && (values["keep-owners"] || values["map-owners"] !== undefined))
    throw new UsageError("--data-only brings no owners: the tables of the target keep theirs.");
  if (values["data-only"]) return "data";
  return values["schema-only"] ? "schema" : "all";
}

function readOptions(values: Values): ImportOptions {
  const list = (name: "schemas" | "tables" | "exclude-tables" | "exclude-table-data") =>
    values[name] === undefined ? [] : splitNames(name, values[name]);
  const number = (value: string | undefined) => (value === undefined ? undefined : Number(value));
  const parsed = importOptionsSchema.safeParse({
    schemas: list("schemas"),
    tables: list("tables"),
    excludeTables: list("exclude-tables"),
    excludeTableData: list("exclude-table-data"),
    owners: readOwners(values),
    largeObjects: values["large-objects"],
    content: readContent(values),
    verify: values.verify,
    valuesInClear: values["show-values"],
    testRun: values["test-run"],
    lanes: number(values.lanes),
    maxMegabytesPerSecond: number(values["speed-limit"]),
    stepBudgetSeconds: number(values["step-budget"]),
  });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const key = String(issue?.path[0] ?? "");
  const option = FLAG_OF[key] ?? key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new UsageError(`--${option}: ${issue?.message ?? "cannot be read"}.`);
}

function readOwners(values: Values): ImportOptions["owners"] {
  const given = values["map-owners"];
  if (given === undefined) return { mode: values["keep-owners"] ? "keep" : "none" };
  if (values["keep-owners"]) throw new UsageError("--keep-owners and --map-owners exclude each other.");
  const pairs = splitNames("map-owners", given).map((pair) => pair.split("=").map((role) => role.trim()));
  const wrong = pairs.find((pair) => pair.length !== 2 || pair.some((role) => role === ""));
  if (wrong) throw new UsageError("--map-owners takes pairs of roles: theirs=ours,another=ours.");
  return { mode: "map", roles: Object.fromEntries(pairs) };
}

/** At commas, but not at those inside double quotes. No name at all is a mistake: it would mean everything. */
function splitNames(option: string, value: string): string[] {
  const names = (value.match(/(?:"(?:[^"]|"")*"|[^,"])+/g) ?? []).map((name) => name.trim()).filter(Boolean);
  if (names.length === 0) throw new UsageError(`--${option} names nothing.`);
  if ((value.match(/"/g)?.length ?? 0) % 2 === 1) throw new UsageError(`--${option}: a double quote is not closed.`);
  return names;
}
