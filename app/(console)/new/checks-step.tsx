import { ButtonLink } from "@/app/_ui/button";
import { Notice } from "@/app/_ui/notice";
import type { ImportView } from "@/lib/imports/view";
import { ChecksPanel } from "./checks-panel";
import { EndsPanel } from "./ends-panel";
import { ScriptPanel } from "./script-panel";
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
      <ChecksPanel id={draft.id} findings={draft.findings} />
      <ScriptPanel findings={draft.findings} />
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
