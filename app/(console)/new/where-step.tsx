import { abilities } from "@/app/_server/abilities";
import { attempt } from "@/app/_server/outcome";
import { ExplanationNotice } from "@/app/_ui/explanation-notice";
import { neonAccount } from "@/lib/imports/neon/account";
import type { ImportView } from "@/lib/imports/view";
import { neonChoices } from "../projects/neon-choices";
import { ChosenTarget } from "./chosen-target";
import type { StepPlace } from "./steps";

interface WhereStepProps {
  draft: ImportView;
  place: StepPlace;
  /** Whose Neon account is used. */
  by: string;
}

/** Where the import is to land. What there is to choose from on Neon is read before the page is sent. */
export async function WhereStep({ draft, place, by }: WhereStepProps) {
  const neon = (await neonAccount({ by })) === null ? null : await attempt(() => neonChoices({ by }));
  return (
    <div className="space-y-4">
      {neon && !neon.ok && <ExplanationNotice error={neon.error} />}
      <ChosenTarget
        draft={draft}
        place={place}
        offered={{
          hasLocalTarget: abilities().hasLocalTarget,
          neon: neon?.ok ? neon.value : null,
          project: place.project,
        }}
      />
    </div>
  );
}
