import type { ImportView } from "@/lib/imports/view";
import { formatCount } from "../format";
import { ObjectNotes } from "../object-notes";
import { Panel } from "../panel";

/** What the target does not get, and why. */
export function SkippedPanel({ skipped }: { skipped: ImportView["skipped"] }) {
  return (
    <Panel title="Left out" note={formatCount(skipped.length)}>
      <ObjectNotes notes={skipped} />
    </Panel>
  );
}
