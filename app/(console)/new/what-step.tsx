import { Suspense } from "react";
import { attempt } from "@/app/_server/outcome";
import { listSourceTables } from "@/lib/imports/list-source-tables";
import type { ImportView } from "@/lib/imports/view";
import { choicesSchema } from "./choices";
import type { StepPlace } from "./steps";
import { WhatForm } from "./what/what-form";
import { WhatSkeleton } from "./what/what-skeleton";

interface WhatStepProps {
  draft: ImportView;
  place: StepPlace;
}

export function WhatStep(props: WhatStepProps) {
  return (
    <Suspense fallback={<WhatSkeleton />}>
      <Chosen {...props} />
    </Suspense>
  );
}

async function Chosen({ draft, place }: WhatStepProps) {
  const source = await attempt(() => listSourceTables({ id: draft.id }));
  const initial = choicesSchema.parse(draft.options);
  return (
    <WhatForm
      // Coming back, what has been saved meanwhile takes the place of what was shown before.
      key={JSON.stringify(initial)}
      id={draft.id}
      place={place}
      initial={initial}
      hasLargeObjects={draft.findings.some(({ code }) => code === "size.large_objects")}
      source={source}
    />
  );
}
