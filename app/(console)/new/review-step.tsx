import { Suspense } from "react";
import { FindingList } from "@/app/_ui/finding-list";
import { Panel } from "@/app/_ui/panel";
import type { ImportView } from "@/lib/imports/view";
import { MAX_LANES } from "@/lib/plan/options";
import type { Choices } from "./choices";
import { EndsPanel } from "./ends-panel";
import { ObjectsPanel, ObjectsPanelBusy } from "./objects-panel";
import { ReviewForm } from "./review-form";

export function ReviewStep({ draft, choices }: { draft: ImportView; choices: Choices }) {
  const warnings = draft.findings.filter((finding) => finding.severity === "warn");
  const estimate = draft.findings.find(({ code }) => code === "size.estimate");
  return (
    <div className="space-y-4">
      <EndsPanel draft={draft} />
      {warnings.length > 0 && (
        <Panel title="Before you start">
          <FindingList findings={warnings} />
        </Panel>
      )}
      <Panel title="What will be done">
        <ul className="list-disc space-y-1 p-4 pl-9 text-sm marker:text-quiet">
          {estimate && <li>{estimate.message}</li>}
          <li>The source is read under one snapshot: what is written there from now on is not carried over.</li>
          <li>Schema first, then rows, then indexes and constraints; the largest tables begin first.</li>
          <li>If anything is interrupted, the import goes on from where it was.</li>
        </ul>
      </Panel>
      <Suspense key={choices.owners.mode} fallback={<ObjectsPanelBusy />}>
        <ObjectsPanel id={draft.id} owners={choices.owners} />
      </Suspense>
      <ReviewForm
        id={draft.id}
        initial={choices}
        maxLanes={MAX_LANES}
        hasLargeObjects={draft.findings.some(({ code }) => code === "size.large_objects")}
      />
    </div>
  );
}
