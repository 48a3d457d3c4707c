import type { ImportOptions } from "@/lib/plan/options";
import type { Values } from "./arguments";
import { UsageError } from "./usage-error";

/** What is done with verifications and what they say. */
export type ProofCommand =
  | { name: "verify"; source: string; target: string; options: ImportOptions; form: ReportForm; json: boolean }
  | { name: "report"; reportOf: string; form: ReportForm | "statement"; json: boolean }
  | { name: "verify-statement"; file: string; key: string | undefined; json: boolean }
  | { name: "public-key"; json: boolean };

export type ReportForm = "markdown" | "json";
type ProofName = ProofCommand["name"];

const CHOICES = [
  "schemas",
  "tables",
  "exclude-tables",
  "exclude-table-data",
  "schema-only",
  "data-only",
  "keep-owners",
  "map-owners",
];
const FLAGS_OF: Record<ProofName, readonly string[]> = {
  verify: ["source", "target", "json", "markdown", ...CHOICES],
  report: ["json", "markdown", "statement"],
  "verify-statement": ["key", "json"],
  "public-key": ["json"],
};

/** Flags that no other command has. */
export const PROOF_ONLY = new Set(["markdown", "statement", "key"]);

export const isProof = (name: string): name is ProofName => Object.hasOwn(FLAGS_OF, name);

export function readProof(
  name: ProofName,
  rest: string[],
  values: Values,
  readOptions: (values: Values) => ImportOptions,
): ProofCommand {
  const foreign = Object.keys(values).find((key) => !FLAGS_OF[name].includes(key));
  if (foreign) throw new UsageError(`--${foreign} does not belong to ${name}.`);
  const forms = [values.json && "json", values.markdown && "markdown", values.statement && "statement"].filter(Boolean);
  if (forms.length > 1) throw new UsageError(`${forms.map((form) => `--${form}`).join(" and ")} exclude each other.`);
  const json = values.json ?? false;
  const form = json ? "json" : "markdown";
  switch (name) {
    case "verify": {
      none(name, rest);
      const { source, target } = values;
      if (!source) throw new UsageError("--source is missing: the connection string to compare with.");
      if (!target) throw new UsageError("--target is missing: the connection string to be compared.");
      return { name, source, target, options: readOptions(values), form, json };
    }
    case "report":
      return { name, reportOf: one(name, rest, "import"), form: values.statement ? "statement" : form, json };
    case "verify-statement":
      return { name, file: one(name, rest, "file"), key: values.key, json };
    case "public-key":
      none(name, rest);
      return { name, json };
  }
}

function one(name: string, rest: string[], what: string): string {
  const [first, ...more] = rest;
  if (!first || more.length > 0) throw new UsageError(`ferry ${name} takes one ${what}.`);
  return first;
}

function none(name: string, rest: string[]): void {
  if (rest.length > 0) throw new UsageError(`Nothing more is expected after ${name}.`);
}
