import { Suspense } from "react";
import { FindingList } from "@/app/_ui/finding-list";
import { Panel } from "@/app/_ui/panel";
import { areFindingsCurrent } from "@/lib/imports/findings";
import { byTestRun } from "@/lib/imports/test-run-estimate";
import type { ImportView } from "@/lib/imports/view";
import { BackLink } from "./back-link";
import { ChecksAgain } from "./checks-again";
import { EndsPanel } from "./ends-panel";
import { ObjectsPanel, ObjectsPanelBusy } from "./objects-panel";
import { ReviewSummary } from "./review-summary";
import { StartButtons } from "./start-buttons";
import { type StepPlace, stepAddress } from "./steps";

interface ReviewStepProps {
  draft: ImportView;
  place: StepPlace;
}

/** Everything that was chosen, and what will come of it. Findings of other choices are not shown as those of these. */
export async function ReviewStep({ draft, place }: ReviewStepProps) {
  // A test run may have ended since the checks.
  const [isCurrent, findings] = await Promise.all([areFindingsCurrent(draft.id), byTestRun(draft.id, draft.findings)]);
  const warnings = draft.findings.filter((finding) => finding.severity === "warn");
  const choice = JSON.stringify(draft.options);
  const estimate = findings.find(({ code }) => code === "size.estimate");
  return (
    <div className="space-y-4">
      <EndsPanel draft={draft} />
      {isCurrent ? (
        <>
          {warnings.length > 0 && (
            <Panel title="Before you start">
              <FindingList findings={warnings} />
            </Panel>
          )}
          <Panel title="Time and size">
            <p className="p-4 text-sm">{estimate?.message ?? "It could not be estimated."}</p>
          </Panel>
        </>
      ) : (
        // What another tab changes while they run is checked in its turn. Of two neighbours with one key one would stay.
        <ChecksAgain key={`checks of ${choice}`} id={draft.id} />
      )}
      <ReviewSummary options={draft.options} place={place} />
      <Suspense key={`preview of ${choice}`} fallback={<ObjectsPanelBusy />}>
        <ObjectsPanel id={draft.id} content={draft.options.content} />
      </Suspense>
      <Panel title="What will be done">
        <ul className="list-disc space-y-1 p-4 pl-9 text-sm marker:text-quiet">
          <li>The source is read under one snapshot: what is written there from now on is not carried over.</li>
          <li>{orderWords[draft.options.content]}</li>
          <li>If anything is interrupted, the import goes on from where it was.</li>
        </ul>
      </Panel>
      <StartButtons id={draft.id} canTestRun={draft.target.kind === "neon"}>
        <BackLink href={stepAddress("where", place)} />
      </StartButtons>
    </div>
  );
}

const orderWords = {
  all: "Schema first, then rows, then indexes and constraints; the largest tables begin first.",
  schema: "The schema alone is made: tables first, then indexes and constraints.",
  data: "Foreign keys and triggers of the target are put aside, then rows come, then these are put back as they were.",
} as const;
