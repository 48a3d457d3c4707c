import { Ago } from "@/app/_ui/ago";
import { ButtonLink } from "@/app/_ui/button";
import { Panel } from "@/app/_ui/panel";
import type { DeedView } from "@/lib/accounts/audit";
import { AUDIT_DAYS } from "@/lib/accounts/audit";
import { deedWord } from "./deed-words";

interface AuditPanelProps {
  deeds: DeedView[];
  isFirst: boolean;
  before: string | null;
  now: string;
}

export function AuditPanel({ deeds, isFirst, before, now }: AuditPanelProps) {
  return (
    <Panel title="Audit log" note={`who did what, for ${AUDIT_DAYS} days`}>
      {deeds.length === 0 ? (
        <p className="px-4 py-8 text-center text-sm text-quiet">Nothing has been done yet.</p>
      ) : (
        <table className="w-full table-fixed text-left text-sm">
          <caption className="sr-only">Who did what, newest first</caption>
          <thead className="text-xs text-quiet">
            <tr className="h-9 border-b *:px-4 *:font-normal">
              <th scope="col" className="w-28">
                When
              </th>
              <th scope="col" className="max-sm:hidden">
                Who
              </th>
              <th scope="col">What</th>
              <th scope="col" className="max-lg:hidden">
                To what
              </th>
              <th scope="col" className="w-36 max-md:hidden">
                From
              </th>
            </tr>
          </thead>
          <tbody>
            {deeds.map((deed) => (
              <tr key={deed.id} className="border-b border-line/60 align-top last:border-0 *:px-4 *:py-2">
                <td className="text-quiet">
                  <Ago at={deed.at} now={now} />
                </td>
                <td className="break-words max-sm:hidden">{deed.actor}</td>
                <td className="break-words">
                  {deedWord(deed.deed)}
                  {/* On a phone a column of its own would break addresses in the middle. */}
                  <span className="block truncate text-quiet sm:hidden" title={deed.actor}>
                    {deed.actor}
                  </span>
                  {deed.detail && <span className="block text-xs text-quiet">{deed.detail}</span>}
                </td>
                <td className="font-mono text-xs break-all text-quiet max-lg:hidden">{deed.subject ?? ""}</td>
                <td className="font-mono text-xs break-all text-quiet max-md:hidden">{deed.address ?? ""}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {(!isFirst || before) && (
        <nav aria-label="Pages of the audit log" className="flex justify-end gap-2 border-t p-3">
          {!isFirst && <ButtonLink href="/settings#audit-log">Newest</ButtonLink>}
          {before && <ButtonLink href={`/settings?before=${before}`}>Older</ButtonLink>}
        </nav>
      )}
    </Panel>
  );
}
