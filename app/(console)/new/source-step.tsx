"use client";

import { useRouter, useSearchParams } from "next/navigation";
import { type FormEvent, useEffect, useRef, useState, useTransition } from "react";
import type { FailedSide } from "@/app/_server/outcome";
import { Button, ButtonLink } from "@/app/_ui/button";
import { Endpoint } from "@/app/_ui/endpoint";
import { ExplanationNotice } from "@/app/_ui/explanation-notice";
import type { Explanation } from "@/lib/errors/describe";
import type { ImportView } from "@/lib/imports/view";
import type { CategoryResult } from "@/lib/preflight/run-checks";
import { CheckProgress } from "./check-progress";
import { ConnectionField } from "./connection-field";
import { followChecks } from "./follow-checks";
import { stepAddress } from "./steps";
import { TargetChoice } from "./target-choice";
import { firstWish, targetInput } from "./target-wish";

interface SourceStepProps {
  hasLocalTarget: boolean;
  hasNeon: boolean;
  /** The Neon project that the address names, or `new`. */
  project: string | undefined;
  /** What was connected before, when somebody comes back to this step. */
  draft: ImportView | null;
}

interface Trouble {
  side: FailedSide;
  error: Explanation;
}

export function SourceStep({ hasLocalTarget, hasNeon, project, draft }: SourceStepProps) {
  const router = useRouter();
  const [isAnew, setAnew] = useState(false);
  const [sourceText, setSourceText] = useState("");
  const [wish, setWish] = useState(() => firstWish({ hasLocalTarget, hasNeon, project }));
  const [left, setLeft] = useState({ source: false, target: false });
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [results, setResults] = useState<CategoryResult[]>([]);
  const [isBusy, startTransition] = useTransition();

  // Coming back, the router shows this step as it was first read: before there was anything to name.
  const named = useSearchParams().get("import");
  const hasCreated = useRef(false);
  useEffect(() => {
    if (named && !draft && !hasCreated.current) router.refresh();
  }, [named, draft, router]);

  if (draft && !isAnew) return <Connected draft={draft} onAnew={() => setAnew(true)} />;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isBusy) return;
    setTrouble(null);
    startTransition(async () => {
      setResults([]);
      const outcome = await followChecks("/api/imports", { sourceText, target: targetInput(wish) }, (result) =>
        setResults((before) => [...before, result]),
      );
      if (!outcome.ok) return setTrouble({ side: outcome.side, error: outcome.error });
      const { id } = outcome.value;
      hasCreated.current = true;
      // Back leads to what was connected, not to an empty field.
      window.history.replaceState(null, "", stepAddress("source", id));
      router.push(stepAddress("checks", id));
    });
  }

  const change = (side: "source" | "target", set: (text: string) => void) => (text: string) => {
    set(text);
    if (trouble?.side === side) setTrouble(null);
  };

  return (
    <form onSubmit={submit} className="space-y-6 rounded-md border bg-panel p-4 sm:p-6" aria-busy={isBusy}>
      <ConnectionField
        label="Source"
        hint="Paste what you have: a URL, key=value pairs, a psql command, a DATABASE_URL= line. Ferry only reads from it."
        value={sourceText}
        onChange={change("source", setSourceText)}
        error={trouble?.side === "source" ? trouble.error : null}
        wasLeft={left.source}
        onLeave={() => setLeft({ ...left, source: true })}
        rows={4}
      />
      <TargetChoice
        wish={wish}
        onChange={(changed) => setWish((before) => ({ ...before, ...changed }))}
        hasLocalTarget={hasLocalTarget}
        hasNeon={hasNeon}
        field={
          <ConnectionField
            label="Target connection string"
            hint="An empty database. Its user must be allowed to create schemas there."
            value={wish.text}
            onChange={change("target", (text) => setWish((before) => ({ ...before, text })))}
            error={trouble?.side === "target" ? trouble.error : null}
            wasLeft={left.target}
            onLeave={() => setLeft({ ...left, target: true })}
            rows={2}
          />
        }
      />
      {trouble?.side === null && <ExplanationNotice error={trouble.error} />}
      {isBusy && results.length > 0 && (
        <div className="rounded-md border">
          <CheckProgress results={results} />
        </div>
      )}
      <div className="flex flex-wrap items-center gap-4">
        <Button type="submit" look="primary" isBusy={isBusy}>
          {isBusy ? "Connecting and checking" : "Connect and check"}
        </Button>
        <p className="text-sm text-quiet">Nothing is created or copied before you start the import.</p>
      </div>
    </form>
  );
}

function Connected({ draft, onAnew }: { draft: ImportView; onAnew: () => void }) {
  return (
    <div className="space-y-6 rounded-md border bg-panel p-4 sm:p-6">
      <dl className="grid gap-6 sm:grid-cols-2">
        <div>
          <dt className="mb-2 text-sm text-quiet">Source</dt>
          <dd>
            <Endpoint endpoint={draft.source} />
          </dd>
        </div>
        <div>
          <dt className="mb-2 text-sm text-quiet">Target</dt>
          <dd>
            <Endpoint endpoint={draft.target} />
          </dd>
        </div>
      </dl>
      <p className="text-sm text-quiet">
        Both are connected. The password is sealed on the server and does not come back to this page.
      </p>
      <div className="flex flex-wrap gap-2">
        <ButtonLink href={stepAddress("checks", draft.id)} look="primary">
          Continue to the checks
        </ButtonLink>
        <Button onClick={onAnew}>Use another source</Button>
      </div>
    </div>
  );
}
