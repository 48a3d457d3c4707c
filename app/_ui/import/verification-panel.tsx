import { CircleCheck, CircleX } from "lucide-react";
import type { ImportView } from "@/lib/imports/view";
import { formatCount, formatNoun } from "../format";
import { Panel } from "../panel";

/** The proof: what was compared, and each place that differs. */
export function VerificationPanel({ view }: { view: ImportView }) {
  const { verification, progress } = view;
  const isSummedUp = view.options.verify === "checksums";
  if (verification.status === "not_asked" || verification.status === "pending") return null;
  if (verification.status === "equal") {
    return (
      <Panel title="Verification">
        <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-4 p-4">
          <div className="flex min-w-0 flex-1 basis-80 items-start gap-3">
            <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-accent-text" />
            <div>
              <p className="font-medium">Nothing is missing.</p>
              <p className="mt-1 text-sm text-quiet">
                {isSummedUp
                  ? "Every value of every table was compared by checksums made in both servers,"
                  : "Every table was counted on both sides,"}{" "}
                under the snapshot that was copied. The schema that arrived was dumped and compared object by object,
                and each object&apos;s state: indexes, constraints, sequences.
                {view.largeObjects && " What the target stored of each large object is what the source sent."}
              </p>
            </div>
          </div>
          <dl className="flex gap-8">
            <Result word="Tables compared" value={formatCount(verification.compared)} />
            <Result word="Rows" value={formatCount(progress.rowsDone)} />
            {verification.objects !== null && <Result word="Objects" value={formatCount(verification.objects)} />}
            <Result word="Differences" value="0" />
          </dl>
        </div>
      </Panel>
    );
  }
  return (
    <Panel
      title="Verification"
      note={`${formatNoun(verification.differences.length, "difference")} in ${formatNoun(verification.compared, "table")} and ${formatNoun(verification.objects ?? 0, "object")}`}
    >
      <div className="overflow-x-auto">
        <table className="w-full text-left text-sm">
          <thead className="text-xs text-quiet">
            <tr className="h-9 border-b *:px-4 *:font-normal">
              <th scope="col">Object</th>
              <th scope="col">What</th>
              <th scope="col" className="text-right">
                Source
              </th>
              <th scope="col" className="text-right">
                Target
              </th>
            </tr>
          </thead>
          <tbody>
            {verification.differences.map((difference) => (
              <tr
                key={`${difference.kind}-${difference.subject}`}
                className="border-b border-line/60 align-top *:px-4 *:py-2"
              >
                <td className="break-words">
                  <CircleX aria-hidden className="mr-2 inline size-3.5 text-bad-text" />
                  {difference.subject}
                  {difference.detail && <p className="whitespace-pre-wrap text-quiet">{difference.detail}</p>}
                </td>
                <td>{difference.kind}</td>
                <td className="text-right">{difference.source}</td>
                <td className="text-right">{difference.target}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function Result({ word, value }: { word: string; value: string }) {
  return (
    <div>
      <dt className="text-xs text-quiet">{word}</dt>
      <dd className="text-lg font-semibold">{value}</dd>
    </div>
  );
}
