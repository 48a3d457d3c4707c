import { CircleCheck } from "lucide-react";
import { ButtonLink } from "@/app/_ui/button";
import { FindingList, findingsSummary } from "@/app/_ui/finding-list";
import { Notice } from "@/app/_ui/notice";
import { Panel } from "@/app/_ui/panel";
import type { ImportView } from "@/lib/imports/view";
import { CheckAgainButton } from "./check-again-button";
import { EndsPanel } from "./ends-panel";
import { stepAddress } from "./steps";

export function ChecksStep({ draft }: { draft: ImportView }) {
  const isBlocked = draft.status === "blocked";
  return (
    <div className="space-y-4">
      {isBlocked && (
        <Notice tone="warn" title="Something has to be put right before this import can start.">
          <p>Nothing has been changed on either side. Follow the remedy below, then run the checks again.</p>
        </Notice>
      )}
      <EndsPanel draft={draft} />
      <Panel title="Checks" note={findingsSummary(draft.findings)} actions={<CheckAgainButton id={draft.id} />}>
        {draft.findings.length > 0 ? (
          <FindingList findings={draft.findings} />
        ) : (
          <p className="flex items-center gap-2 p-4">
            <CircleCheck aria-hidden className="size-4 text-accent-text" />
            Every check passed: nothing stands in the way.
          </p>
        )}
      </Panel>
      <div className="flex flex-wrap gap-2">
        {!isBlocked && (
          <ButtonLink href={stepAddress("review", draft.id)} look="primary">
            Continue to review
          </ButtonLink>
        )}
        <ButtonLink href={stepAddress("source", draft.id)}>Back</ButtonLink>
      </div>
    </div>
  );
}
