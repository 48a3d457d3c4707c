"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState, useTransition } from "react";
import { Button, ButtonLink } from "@/app/_ui/button";
import { ExplanationNotice } from "@/app/_ui/explanation-notice";
import { Panel } from "@/app/_ui/panel";
import type { Explanation } from "@/lib/errors/describe";
import { start } from "./actions";
import { type Choices, writeChoices } from "./choices";
import { stepAddress } from "./steps";
import { Choice } from "./target-choice";

interface ReviewFormProps {
  id: string;
  initial: Choices;
  maxLanes: number;
  hasLargeObjects: boolean;
}

export function ReviewForm({ id, initial, maxLanes, hasLargeObjects }: ReviewFormProps) {
  const router = useRouter();
  const name = useId();
  const [choices, setChoices] = useState(initial);
  const [error, setError] = useState<Explanation | null>(null);
  const [isBusy, startTransition] = useTransition();

  function choose(more: Partial<Choices>) {
    const next = { ...choices, ...more };
    setChoices(next);
    const address = `${stepAddress("review", id)}&${writeChoices(next)}`;
    // Who owns what decides what is left out, so that is read again; nothing else on the page depends on a choice.
    if (more.owners) router.replace(address, { scroll: false });
    else window.history.replaceState(null, "", address);
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isBusy) return;
    startTransition(async () => {
      const outcome = await start(id, choices);
      if (outcome.ok) router.push(`/imports/${id}`);
      else setError(outcome.error);
    });
  }

  return (
    <form onSubmit={submit} className="space-y-4">
      <Panel title="How">
        <div className="space-y-6 p-4">
          <fieldset>
            <legend className="font-medium">Verification</legend>
            <div className="mt-2 grid gap-2 sm:grid-cols-2">
              <Choice
                name={name}
                isChosen={choices.verify === "checksums"}
                onChoose={() => choose({ verify: "checksums" })}
                word="Compare every value by checksums"
                hint="The default up to 10 GB. Made inside both servers, under the same snapshot; rows that differ are named."
              />
              <Choice
                name={name}
                isChosen={choices.verify === "counts"}
                onChoose={() => choose({ verify: "counts" })}
                word="Count every table on both sides"
                hint="The default above 10 GB. Under the same snapshot; a difference is a failure."
              />
              <Choice
                name={name}
                isChosen={choices.verify === "none"}
                onChoose={() => choose({ verify: "none" })}
                word="None"
                hint="Faster, without proof. COPY still reports what it stored."
              />
            </div>
          </fieldset>
          <fieldset>
            <legend className="font-medium">Owners and grants</legend>
            <div className="mt-2 grid gap-2 sm:grid-cols-2">
              <Choice
                name={`${name}-owners`}
                isChosen={choices.owners.mode === "none"}
                onChoose={() => choose({ owners: { mode: "none" } })}
                word="The importing user owns everything"
                hint="Grants to other users are left out."
              />
              <Choice
                name={`${name}-owners`}
                isChosen={choices.owners.mode === "keep"}
                onChoose={() => choose({ owners: { mode: "keep" } })}
                word="As on the source"
                hint="Missing roles are created, without a password and without the right to log in."
              />
              {initial.owners.mode === "map" && (
                <Choice
                  name={`${name}-owners`}
                  isChosen={choices.owners.mode === "map"}
                  onChoose={() => choose({ owners: initial.owners })}
                  word="As mapped"
                  hint={Object.entries(initial.owners.roles)
                    .map(([from, to]) => `${from} becomes ${to}`)
                    .join(", ")}
                />
              )}
            </div>
          </fieldset>
          {hasLargeObjects && (
            <fieldset>
              <legend className="font-medium">Large objects</legend>
              <div className="mt-2 grid gap-2 sm:grid-cols-2">
                <Choice
                  name={`${name}-objects`}
                  isChosen={!choices.largeObjects}
                  onChoose={() => choose({ largeObjects: false })}
                  word="Leave them out"
                  hint="Columns that refer to them keep their numbers."
                />
                <Choice
                  name={`${name}-objects`}
                  isChosen={choices.largeObjects}
                  onChoose={() => choose({ largeObjects: true })}
                  word="Carry them all"
                  hint="Under the same numbers, with their comments. The importing user owns them."
                />
              </div>
            </fieldset>
          )}
          <label className="block">
            <span className="block font-medium">Lanes</span>
            <span className="mt-0.5 block text-sm text-quiet">
              How many tables are worked on at once. Each lane takes one connection on either side.
            </span>
            <select
              value={choices.lanes}
              onChange={(event) => choose({ lanes: Number(event.target.value) })}
              className="mt-2 h-8 w-24 rounded-md border border-line-strong bg-page px-2"
            >
              {Array.from({ length: maxLanes }, (_, place) => place + 1).map((lanes) => (
                <option key={lanes}>{lanes}</option>
              ))}
            </select>
          </label>
        </div>
      </Panel>
      {error && <ExplanationNotice error={error} />}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary" isBusy={isBusy}>
          Start import
        </Button>
        <ButtonLink href={stepAddress("checks", id)}>Back</ButtonLink>
      </div>
    </form>
  );
}
