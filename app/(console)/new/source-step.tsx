"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useRef, useState, useTransition } from "react";
import type { FailedSide } from "@/app/_server/outcome";
import { Button, ButtonLink } from "@/app/_ui/button";
import { Endpoint } from "@/app/_ui/endpoint";
import type { Explanation } from "@/lib/errors/describe";
import type { ImportView } from "@/lib/imports/view";
import { ConnectFoot } from "./connect-foot";
import { ConnectionField } from "./connection-field";
import { SourceTabs } from "./file/source-tabs";
import { stepAddress } from "./steps";
import { useChecks } from "./use-checks";
import { useConnection } from "./use-connection";

interface SourceStepProps {
  /** The Neon project that the address names, or `new`. */
  project: string | undefined;
  /** What was connected before, when somebody comes back to this step. */
  draft: ImportView | null;
  /** Whether this Ferry takes files. */
  hasFiles: boolean;
}

interface Trouble {
  side: FailedSide;
  error: Explanation;
}

/** A draft that there is shows what it is connected to; what was pasted does not come back. */
export function SourceStep({ project, draft, hasFiles }: SourceStepProps) {
  const [isAnew, setAnew] = useState(false);
  return draft && !isAnew ? (
    <Connected draft={draft} project={project} onAnew={() => setAnew(true)} />
  ) : (
    <SourceTabs project={project} hasFiles={hasFiles} connection={<SourceForm project={project} />} />
  );
}

function SourceForm({ project }: Pick<SourceStepProps, "project">) {
  const router = useRouter();
  const connection = useConnection("source");
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const { results, run } = useChecks();
  const [isBusy, startTransition] = useTransition();
  // One draft for what was pasted, however often it has to be sent.
  const sending = useRef({ text: "", key: "" });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isBusy) return;
    setTrouble(null);
    const text = connection.read();
    if (text === null) return;
    if (sending.current.text !== text) sending.current = { text, key: crypto.randomUUID() };
    startTransition(async () => {
      const outcome = await run("/api/imports", { sourceText: text }, sending.current.key);
      if (!outcome.ok) return setTrouble({ side: outcome.side, error: outcome.error });
      connection.forget();
      const place = { importId: outcome.value.id, project };
      // Back leads to what was connected, not to an empty field.
      window.history.replaceState(null, "", stepAddress("source", place));
      router.push(stepAddress("checks", place));
    });
  }

  return (
    <form onSubmit={submit} className="space-y-6 rounded-md border bg-panel p-4 sm:p-6" aria-busy={isBusy}>
      <ConnectionField
        label="Source"
        legend="Source"
        hint="Paste what you have: a URL, key=value pairs, a psql command, a DATABASE_URL= line."
        rule="Ferry only reads from it."
        connection={connection}
        error={trouble?.side === "source" ? trouble.error : null}
        onType={() => trouble?.side === "source" && setTrouble(null)}
        rows={4}
      />
      <ConnectFoot
        word="Connect and check"
        error={trouble && trouble.side !== "source" ? trouble.error : null}
        results={results}
        isBusy={isBusy}
      />
    </form>
  );
}

interface ConnectedProps {
  draft: ImportView;
  project: string | undefined;
  onAnew: () => void;
}

function Connected({ draft, project, onAnew }: ConnectedProps) {
  return (
    <div className="space-y-6 rounded-md border bg-panel p-4 sm:p-6">
      <dl>
        <dt className="mb-2 text-sm text-quiet">Source</dt>
        <dd>
          <Endpoint endpoint={draft.source} />
        </dd>
      </dl>
      <p className="text-sm text-quiet">
        It is connected. The password is sealed on the server and does not come back to this page.
      </p>
      <div className="flex flex-wrap gap-2">
        <ButtonLink href={stepAddress("checks", { importId: draft.id, project })} look="primary">
          Continue to the checks
        </ButtonLink>
        <Button onClick={onAnew}>Use another source</Button>
      </div>
    </div>
  );
}
