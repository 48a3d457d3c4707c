import { Panel } from "@/app/_ui/panel";
import { AUDIT_DAYS } from "@/lib/accounts/audit";
import { SHARED_DAYS } from "@/lib/imports/share-import";
import { HELD_HOURS } from "@/lib/imports/view/pause";
import { KEPT_HOURS } from "@/lib/imports/wipe-passwords";

const kept = [
  ["Rows of your databases", "never: they go from server to server"],
  ["Password of a source", `until its import has succeeded; otherwise ${KEPT_HOURS} hours after the end`],
  ["Password of a target", `${KEPT_HOURS} hours after the end; at once on cancel, or when you have it forgotten`],
  ["Snapshot of a source while an import is paused", `${HELD_HOURS} hours`],
  ["Links to an import", `${SHARED_DAYS} days, or until they are revoked`],
  ["Progress, log, findings and reports of an import", "as long as the import; none is deleted by itself"],
  ["Who did what", `${AUDIT_DAYS} days`],
] as const;

/** What this Ferry keeps, and until when. SECURITY.md says where and how. */
export function KeptPanel() {
  return (
    <Panel title="Retention">
      <dl className="divide-y divide-line/60 text-sm">
        {kept.map(([what, until]) => (
          <div key={what} className="grid gap-x-6 px-4 py-2.5 sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
            <dt>{what}</dt>
            <dd className="text-quiet">{until}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
