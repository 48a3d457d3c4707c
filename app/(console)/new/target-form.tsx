"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useEffect, useState, useTransition } from "react";
import type { FailedSide } from "@/app/_server/outcome";
import type { Explanation } from "@/lib/errors/describe";
import { BackLink } from "./back-link";
import { ConnectFoot } from "./connect-foot";
import { ConnectionField } from "./connection-field";
import { findKept, forget, keep } from "./kept";
import { type StepPlace, stepAddress } from "./steps";
import { TargetChoice } from "./target-choice";
import { firstWish, type Offered, readWish, type TargetWish, targetInput } from "./target-wish";
import { useChecks } from "./use-checks";
import { useConnection } from "./use-connection";

interface TargetFormProps {
  id: string;
  place: StepPlace;
  offered: Offered;
}

export function TargetForm({ id, place, offered }: TargetFormProps) {
  const router = useRouter();
  const name = `${id}:where`;
  const connection = useConnection(`${name}:text`);
  const [wish, setWish] = useState(() => firstWish(offered));
  const [trouble, setTrouble] = useState<{ side: FailedSide; error: Explanation } | null>(null);
  const { results, run } = useChecks();
  const [isBusy, startTransition] = useTransition();

  useEffect(() => {
    const kept = readWish(findKept(name), offered);
    if (kept) setWish(kept);
  }, [name, offered]);

  function change(changed: Partial<TargetWish>): void {
    const next = { ...wish, ...changed };
    setWish(next);
    keep(name, next);
    setTrouble(null);
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isBusy) return;
    setTrouble(null);
    const text = wish.kind === "url" ? connection.read() : "";
    if (text === null) return;
    startTransition(async () => {
      const outcome = await run(`/api/imports/${id}/target`, targetInput(wish, text));
      if (!outcome.ok) return setTrouble({ side: outcome.side, error: outcome.error });
      forget(name);
      connection.forget();
      router.push(stepAddress(outcome.value.status === "blocked" ? "checks" : "review", place));
    });
  }

  const isAtField = trouble?.side === "target" && wish.kind === "url";
  return (
    <form onSubmit={submit} className="space-y-6 rounded-md border bg-panel p-4 sm:p-6" aria-busy={isBusy}>
      <TargetChoice
        offered={offered}
        wish={wish}
        onChange={change}
        field={
          <ConnectionField
            label="Target connection string"
            legend="Connection"
            rule="An empty database. Its user must be allowed to create schemas there."
            connection={connection}
            error={isAtField ? trouble.error : null}
            onType={() => isAtField && setTrouble(null)}
            rows={2}
          />
        }
      />
      <ConnectFoot
        word="Check and continue"
        error={trouble && !isAtField ? trouble.error : null}
        results={results}
        isBusy={isBusy}
      >
        <BackLink href={stepAddress("what", place)} />
      </ConnectFoot>
    </form>
  );
}
