import { CircleX } from "lucide-react";
import type { ImportView } from "@/lib/imports/view";
import { formatNoun } from "../format";
import { Panel } from "../panel";

/** Each place that differs; that nothing does is said above. */
export function VerificationPanel({ view: { verification } }: { view: ImportView }) {
  if (verification.status !== "differences") return null;
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
