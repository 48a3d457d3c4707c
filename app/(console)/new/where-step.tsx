import type { ReactNode } from "react";
import { abilities } from "@/app/_server/abilities";
import { attempt } from "@/app/_server/outcome";
import { Arriving } from "@/app/_ui/arriving";
import { ExplanationNotice } from "@/app/_ui/explanation-notice";
import { Bar, Skeleton } from "@/app/_ui/skeleton";
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

/** Where the import is to land. What there is to choose from on Neon is read before it can be chosen. */
export function WhereStep(props: WhereStepProps) {
  return <Arriving content={shown(props)} skeleton={<WhereSkeleton />} />;
}

async function shown({ draft, place, by }: WhereStepProps): Promise<ReactNode> {
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

function WhereSkeleton() {
  return (
    <Skeleton word="Reading where the import can land…" className="space-y-6 rounded-md border bg-panel p-4 sm:p-6">
      <div>
        <p className="font-medium">Target</p>
        <div className="mt-2 grid gap-2 sm:grid-cols-2">
          {["new project", "branch", "this machine", "your own"].map((kind) => (
            <div key={kind} className="flex min-h-16.5 gap-3 rounded-md border p-3">
              <Bar shape="dot" className="mt-0.5 size-4 shrink-0" />
              <div className="min-w-0 flex-1 space-y-2.5 pt-1">
                <Bar className="w-40" />
                <Bar className="w-4/5" />
              </div>
            </div>
          ))}
        </div>
      </div>
      <Bar shape="box" className="h-8 w-40" />
    </Skeleton>
  );
}
