import Link from "next/link";
import type { ReactNode } from "react";
import { formatCount, formatNoun } from "@/app/_ui/format";
import { Panel } from "@/app/_ui/panel";
import type { ImportOptions } from "@/lib/plan/options";
import { type StepPlace, stepAddress } from "./steps";

/** What was chosen in the third step, in words. */
export function ReviewSummary({ options, place }: { options: ImportOptions; place: StepPlace }) {
  const { content, excludeTables, excludeTableData, largeObjects, owners, verify, valuesInClear } = options;
  return (
    <Panel
      title="What"
      actions={
        <Link href={stepAddress("what", place)} className="text-sm underline underline-offset-2">
          Change
        </Link>
      }
    >
      <dl className="grid gap-x-6 gap-y-3 p-4 text-sm sm:grid-cols-[10rem_minmax(0,1fr)]">
        <Line word="Chosen">{chosenWords(options)}</Line>
        {excludeTables.length > 0 && <Line word="Left out">{names(excludeTables, "table")}</Line>}
        <Line word="Content">{contentWords[content]}</Line>
        {content !== "schema" && excludeTableData.length > 0 && (
          <Line word="Without data">{names(excludeTableData, "table")}</Line>
        )}
        {content !== "schema" && largeObjects && <Line word="Large objects">All of them</Line>}
        {content !== "data" && <Line word="Owners and grants">{ownerWords(owners)}</Line>}
        <Line word="Verification">
          {verifyWords[verify ?? "counts"]}
          {verify === "checksums" && valuesInClear && "; values of rows that differ are shown"}
        </Line>
        <Line word="Lanes">{options.lanes}</Line>
        {content !== "schema" && (
          <Line word="Speed limit">
            {options.maxMegabytesPerSecond === null ? "None" : `${options.maxMegabytesPerSecond} MB/s`}
          </Line>
        )}
      </dl>
    </Panel>
  );
}

function Line({ word, children }: { word: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-6 sm:col-span-2 sm:grid-cols-subgrid">
      <dt className="text-quiet">{word}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}

const contentWords = {
  all: "Schema and data",
  schema: "Schema only",
  data: "Data only, into the tables that the target has",
} as const;

const verifyWords = {
  checksums: "Every value is compared by checksums",
  counts: "Every table is counted on both sides",
  none: "None",
} as const;

function chosenWords({ schemas, tables, excludeTables }: ImportOptions): string {
  if (schemas.length + tables.length === 0)
    return excludeTables.length > 0 ? "Everything but what is left out" : "Everything";
  const parts = [
    schemas.length > 0 && names(schemas, "schema"),
    tables.length > 0 && `${names(tables, "table")}, and what they need`,
  ];
  return parts.filter(Boolean).join("; ");
}

function ownerWords(owners: ImportOptions["owners"]): string {
  if (owners.mode === "none") return "The importing user owns everything";
  if (owners.mode === "keep") return "As on the source";
  const pairs = Object.entries(owners.roles).map(([from, to]) => `${from} becomes ${to}`);
  return pairs.length > 0 ? pairs.join(", ") : "The importing user owns everything";
}

const SHOWN = 8;

/** How many, and the first of them by name. */
function names(list: readonly string[], noun: string): string {
  const more = list.length > SHOWN ? ` and ${formatCount(list.length - SHOWN)} more` : "";
  return `${formatNoun(list.length, noun)}: ${list.slice(0, SHOWN).join(", ")}${more}`;
}
