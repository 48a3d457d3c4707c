import type { LargeObjectsView } from "@/lib/imports/view";
import { formatBytes, formatCount } from "../format";
import { Panel } from "../panel";

/** They belong to no table, so they are told as a whole. */
export function LargeObjectsPanel({ objects: { objects, bytes, partsDone, parts } }: { objects: LargeObjectsView }) {
  const isDone = partsDone === parts;
  return (
    <Panel title="Large objects" note={formatCount(objects)}>
      <p className="px-4 py-3 text-sm text-quiet">
        {formatBytes(bytes)} {isDone ? "have arrived, under the same numbers as on the source." : "so far"}
        {!isDone && `, ${formatCount(partsDone)} of ${formatCount(parts)} parts.`}
      </p>
    </Panel>
  );
}
