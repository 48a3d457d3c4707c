"use client";

import { useState } from "react";
import { Button, ButtonLink } from "@/app/_ui/button";
import { Endpoint } from "@/app/_ui/endpoint";
import type { ImportView } from "@/lib/imports/view";
import { BackLink } from "./back-link";
import { type StepPlace, stepAddress } from "./steps";
import { TargetForm } from "./target-form";
import type { Offered } from "./target-wish";

interface ChosenTargetProps {
  draft: ImportView;
  place: StepPlace;
  offered: Offered;
}

/** What was chosen, or the form that asks for it. */
export function ChosenTarget({ draft, place, offered }: ChosenTargetProps) {
  const [isAnew, setAnew] = useState(false);
  const { target, startedAt, status } = draft;
  if (target.kind === "unchosen" || isAnew) return <TargetForm id={draft.id} place={place} offered={offered} />;
  return (
    <div className="space-y-6 rounded-md border bg-panel p-4 sm:p-6">
      <dl>
        <dt className="mb-2 text-sm text-quiet">Target</dt>
        <dd>
          <Endpoint endpoint={target} isWhole />
        </dd>
      </dl>
      <p className="text-sm text-quiet">
        {target.neon ? (
          <>
            The import&apos;s branch will be called <span className="font-mono text-text">{target.neon.branch}</span>.
            It is made when the import starts.
          </>
        ) : target.kind === "local" ? (
          "Ferry creates it in its own Postgres when the import starts."
        ) : (
          "It is connected. The password is sealed on the server and does not come back to this page."
        )}
      </p>
      <div className="flex flex-wrap gap-2">
        <ButtonLink href={stepAddress(status === "blocked" ? "checks" : "review", place)} look="primary">
          {status === "blocked" ? "See what stops it" : "Continue"}
        </ButtonLink>
        {/* What was started once may have made something there. */}
        {startedAt === null && <Button onClick={() => setAnew(true)}>Choose another target</Button>}
        <BackLink href={stepAddress("what", place)} />
      </div>
    </div>
  );
}
