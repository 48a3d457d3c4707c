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
      <table className="w-full table-fixed text-left text-sm">
        <thead className="text-xs text-quiet">
          <tr className="h-9 border-b *:px-4 *:font-normal">
            <th scope="col">Object</th>
            <th scope="col" className="w-28 max-sm:hidden">
              What
            </th>
            <th scope="col" className="w-36 text-right max-sm:hidden">
              Source
            </th>
            <th scope="col" className="w-36 text-right max-sm:hidden">
              Target
            </th>
          </tr>
        </thead>
        <tbody>
          {verification.differences.map((difference) => (
            <tr
              key={`${difference.kind}-${difference.subject}`}
              className="border-b border-line/60 align-top *:px-4 *:py-2 last:border-0"
            >
              <td>
                <div className="flex gap-2">
                  <CircleX aria-hidden className="mt-0.75 size-3.5 shrink-0 text-bad-text" />
                  <div className="min-w-0 break-words">
                    {difference.subject}
                    <p className="sm:hidden">
                      {difference.source} in the source, {difference.target} in the target
                    </p>
                    {difference.detail && <p className="whitespace-pre-wrap text-quiet">{difference.detail}</p>}
                  </div>
                </div>
              </td>
              <td className="max-sm:hidden">{difference.kind}</td>
              <td className="text-right break-words max-sm:hidden">{difference.source}</td>
              <td className="text-right break-words max-sm:hidden">{difference.target}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
