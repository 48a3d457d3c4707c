import { AlertTriangle, CircleCheck, CircleHelp, Info, OctagonAlert } from "lucide-react";
import { categoryTitles, type FindingGroup, groupFindings, isUnchecked } from "@/lib/preflight/categories";
import type { Finding, Severity } from "@/lib/preflight/finding";
import type { CategoryResult } from "@/lib/preflight/run-checks";
import { classes } from "./classes";
import { CodeBlock } from "./code-block";
import { formatNoun } from "./format";

type Kind = Severity | "unchecked";

const kinds: readonly Kind[] = ["block", "warn", "unchecked", "info"];

const looks = {
  block: { Mark: OctagonAlert, tone: "text-bad-text", singular: "stops the import", plural: "stop the import" },
  warn: { Mark: AlertTriangle, tone: "text-warn-text", singular: "warning", plural: "warnings" },
  unchecked: { Mark: CircleHelp, tone: "text-warn-text", singular: "could not check", plural: "could not check" },
  info: { Mark: Info, tone: "text-info-text", singular: "note", plural: "notes" },
} as const;

const kindOf = (finding: Finding): Kind => (isUnchecked(finding) ? "unchecked" : finding.severity);

/** By category, that with the worst first; each finding with what to do about it. */
export function FindingList({ findings }: { findings: Finding[] }) {
  return (
    <div className="divide-y">
      {groupFindings(findings).map((group) => (
        <Group key={group.category} {...group} />
      ))}
    </div>
  );
}

function Group({ category, findings }: FindingGroup) {
  return (
    <section className="gap-x-6 p-4 xl:grid xl:grid-cols-[minmax(0,1fr)_minmax(0,3fr)]">
      <header className="flex flex-wrap items-baseline gap-x-3 xl:flex-col">
        <h3 className="text-sm font-medium">{categoryTitles[category]}</h3>
        <p className="text-xs text-quiet">{findingsSummary(findings)}</p>
      </header>
      <ul className="mt-3 space-y-3 xl:mt-0">
        {findings.map((finding) => (
          <Line key={`${finding.code}-${finding.subject}-${finding.message}`} finding={finding} />
        ))}
      </ul>
    </section>
  );
}

function Line({ finding }: { finding: Finding }) {
  const { Mark, tone, singular } = looks[kindOf(finding)];
  const { message, remedy, sql } = finding;
  return (
    <li className="flex gap-2">
      <Mark aria-label={singular} role="img" className={classes("mt-0.5 size-4 shrink-0", tone)} />
      <div className="min-w-0 flex-1 space-y-1">
        <p className="max-w-prose text-sm break-words">{message}</p>
        {remedy && <p className="max-w-prose text-sm break-words text-quiet">{remedy}</p>}
        {sql && (
          <div className="max-w-3xl pt-1">
            <CodeBlock text={sql} label="Copy this SQL" />
          </div>
        )}
      </div>
    </li>
  );
}

/** The worst that a category has found; a tick where nothing is wrong. */
export function CategoryMark({ findings }: { findings: readonly Finding[] }) {
  const worst = kinds.find((kind) => kind !== "info" && findings.some((finding) => kindOf(finding) === kind));
  if (!worst) return <CircleCheck aria-hidden className="size-3.5 shrink-0 text-accent-text" />;
  const { Mark, tone } = looks[worst];
  return <Mark aria-hidden className={classes("size-3.5 shrink-0", tone)} />;
}

/** `1 stops the import, 2 warnings`: what stands at the head of the list. */
export function findingsSummary(findings: readonly Finding[]): string {
  const parts = kinds.flatMap((kind) => {
    const count = findings.filter((finding) => kindOf(finding) === kind).length;
    return count > 0 ? [formatNoun(count, looks[kind].singular, looks[kind].plural)] : [];
  });
  return parts.join(", ");
}

/** What is wrong, or how many checks passed. */
export function resultSummary({ checks, findings }: CategoryResult): string {
  const wrong = findings.filter((finding) => kindOf(finding) !== "info");
  return wrong.length > 0 ? findingsSummary(wrong) : `${formatNoun(checks, "check", "checks")} passed`;
}
