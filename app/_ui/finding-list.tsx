import { AlertTriangle, Info, OctagonAlert } from "lucide-react";
import type { Finding, Severity } from "@/lib/preflight/finding";
import { classes } from "./classes";
import { CodeBlock } from "./code-block";
import { formatNoun } from "./format";

const severities: readonly Severity[] = ["block", "warn", "info"];

const looks = {
  block: { Mark: OctagonAlert, tone: "text-bad-text", singular: "stops the import", plural: "stop the import" },
  warn: { Mark: AlertTriangle, tone: "text-warn-text", singular: "warning", plural: "warnings" },
  info: { Mark: Info, tone: "text-info-text", singular: "note", plural: "notes" },
} as const;

/** Worst first, each with what to do about it. */
export function FindingList({ findings }: { findings: Finding[] }) {
  const groups = severities.map((severity) => ({
    severity,
    own: findings.filter((finding) => finding.severity === severity),
  }));
  return (
    <div className="divide-y">
      {groups.map(({ severity, own }) => own.length > 0 && <Group key={severity} severity={severity} findings={own} />)}
    </div>
  );
}

function Group({ severity, findings }: { severity: Severity; findings: Finding[] }) {
  const { Mark, tone, singular, plural } = looks[severity];
  return (
    <section className="p-4">
      <h3 className={classes("flex items-center gap-2 text-sm font-medium", tone)}>
        <Mark aria-hidden className="size-4" />
        {formatNoun(findings.length, singular, plural)}
      </h3>
      <ul className="mt-3 space-y-4 pl-6">
        {findings.map((finding) => (
          <li key={`${finding.code}-${finding.subject}-${finding.message}`} className="space-y-1">
            <p className="max-w-prose break-words">{finding.message}</p>
            {finding.remedy && <p className="max-w-prose text-sm break-words text-quiet">{finding.remedy}</p>}
            {finding.sql && (
              <div className="max-w-3xl pt-1">
                <CodeBlock text={finding.sql} label="Copy this SQL" />
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** `1 stops the import, 2 warnings`: what stands at the head of the list. */
export function findingsSummary(findings: Finding[]): string {
  const parts = severities.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count > 0 ? [formatNoun(count, looks[severity].singular, looks[severity].plural)] : [];
  });
  return parts.join(", ");
}
