import type { ReactNode } from "react";
import { CodeBlock } from "@/app/_ui/code-block";
import { formatCount, formatNoun } from "@/app/_ui/format";
import { ObjectNotes } from "@/app/_ui/object-notes";
import type { Report } from "@/lib/verify/report/report-schema";
import { ReportTables } from "./report-tables";

/** A report, part by part. */
export default function ReportSections({ report, statement }: { report: Report; statement: string }) {
  const { objects, smoke, others, snapshots, tables } = report;
  return (
    <div className="divide-y border-t">
      <Section title="Snapshots">
        <p className="px-4 pb-3 break-words text-quiet">
          The source as it was under {words(snapshots.source)}
          {snapshots.target ? `, the target under ${words(snapshots.target)}.` : ", the target as the import left it."}
        </p>
      </Section>
      {tables.length > 0 && (
        <Section title="Tables compared" note={formatCount(tables.length)}>
          <ReportTables tables={tables} />
        </Section>
      )}
      <Section title="Objects" note={report.content === "data" ? undefined : formatCount(report.totals.objects)}>
        {report.content === "data" && (
          <p className="px-4 pb-3 text-quiet">
            Not compared: only rows were imported, and the schema is the target&apos;s own.
          </p>
        )}
        <Counts counts={objects.kinds.map(({ kind, count }) => [kind, count])} />
        {objects.states.length > 0 && <Counts counts={objects.states.map(({ what, count }) => [what, count])} />}
      </Section>
      {objects.differences.length > 0 && (
        <Section title="Objects that differ" note={formatCount(objects.differences.length)}>
          <ul className="space-y-3 px-4 pb-4">
            {objects.differences.map(({ code, subject, expected, found, detail }) => (
              <li key={`${code} ${subject}`}>
                <p className="break-words">
                  <span className="font-medium">{subject}</span>{" "}
                  <span className="text-quiet">
                    expected {expected}, found {found}
                  </span>
                </p>
                {detail && (
                  <pre className="mt-1 max-h-60 overflow-auto rounded-md border bg-page p-3 font-mono text-xs whitespace-pre-wrap">
                    {detail}
                  </pre>
                )}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {objects.byDesign.length > 0 && (
        <Section title="Different by decision" note={formatCount(objects.byDesign.length)}>
          <ObjectNotes notes={objects.byDesign.map(({ subject, reason }) => ({ object: subject, reason }))} />
        </Section>
      )}
      {objects.leftOut.length > 0 && (
        <Section title="Left out by policy" note={formatCount(objects.leftOut.length)}>
          <ObjectNotes notes={objects.leftOut} />
        </Section>
      )}
      {smoke && <FirstRows smoke={smoke} />}
      {others.length > 0 && (
        <Section title="Other" note={formatCount(others.length)}>
          <ul className="px-4 pb-3">
            {others.map(({ kind, subject, equal, source, target }) => (
              <li key={`${kind} ${subject}`} className="break-words">
                {kind} {subject}: {equal ? `equal, ${source}` : `source ${source}, target ${target}`}
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title="Signed statement">
        <p className="px-4 pb-2 text-quiet">
          Anyone can check it without a connection:{" "}
          <code className="font-mono text-xs">ferry verify-statement FILE</code> says whether a character was changed.
          This Ferry&apos;s public keys are at{" "}
          <a href="/api/public-key" className="underline underline-offset-2">
            /api/public-key
          </a>
          .
        </p>
        <div className="px-4 pb-4">
          <CodeBlock text={statement} label="Copy the signed statement" wraps />
        </div>
      </Section>
    </div>
  );
}

const words = ({ name, horizon, at }: Report["snapshots"]["source"]) =>
  `snapshot ${name ?? horizon ?? "of its own"} of ${at}`;

function Section({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h3 className="flex gap-3 px-4 py-3 font-medium">
        {title} {note && <span className="font-normal text-quiet">{note}</span>}
      </h3>
      {children}
    </section>
  );
}

function Counts({ counts }: { counts: [string, number][] }) {
  return (
    <dl className="grid gap-x-8 gap-y-1 px-4 pb-4 sm:grid-cols-2 lg:grid-cols-3">
      {counts.map(([word, count]) => (
        <div key={word} className="flex justify-between gap-4 border-b border-line/60 py-1">
          <dt className="min-w-0 break-words text-quiet">{word}</dt>
          <dd>{formatCount(count)}</dd>
        </div>
      ))}
    </dl>
  );
}

function FirstRows({ smoke }: { smoke: NonNullable<Report["smoke"]> }) {
  return (
    <Section title="First rows" note={formatNoun(smoke.rows, "row")}>
      <div className="space-y-1 px-4 pb-3 text-quiet">
        <p>
          The rows with the lowest keys of {formatNoun(smoke.tables, "table")} were read on both sides by plain queries
          and compared column by column: {smoke.differences.length === 0 ? "they are equal." : "some differ."}
        </p>
        {smoke.differences.map(({ table, detail }) => (
          <p key={`${table} ${detail}`} className="break-words text-bad-text">
            {table}: {detail}
          </p>
        ))}
        {smoke.notCompared.map(({ reason, tables }) => (
          <p key={reason}>
            {formatNoun(tables, "table")} not looked at: {reason}.
          </p>
        ))}
      </div>
    </Section>
  );
}
