import { ButtonLink } from "@/app/_ui/button";
import { Notice } from "@/app/_ui/notice";
import type { ImportView } from "@/lib/imports/view";
import { BackLink } from "./back-link";
import { ChecksPanel } from "./checks-panel";
import { EndsPanel } from "./ends-panel";
import { ScriptPanel } from "./script-panel";
import { type StepPlace, stepAddress } from "./steps";

export function ChecksStep({ draft, place }: { draft: ImportView; place: StepPlace }) {
  const isBlocked = draft.status === "blocked";
  const hasTarget = draft.target.kind !== "unchosen";
  return (
    <div className="space-y-4">
      {isBlocked && (
        <Notice tone="warn" title="Something has to be put right before this import can start.">
          <p>
            Nothing has been changed on either side. Follow the remedy below, then run the checks again; or leave out
            what is in the way.
          </p>
        </Notice>
      )}
      <EndsPanel draft={draft} />
      <ChecksPanel id={draft.id} findings={draft.findings} />
      <ScriptPanel findings={draft.findings} />
      {!hasTarget && (
        <p className="text-sm text-quiet">
          So far this is about the source. The target is checked when you have chosen it.
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <ButtonLink href={stepAddress("what", place)} look={isBlocked ? "plain" : "primary"}>
          Continue
        </ButtonLink>
        {hasTarget && !isBlocked && <ButtonLink href={stepAddress("review", place)}>Go to review</ButtonLink>}
        <BackLink href={stepAddress("source", place)} />
      </div>
    </div>
  );
}
