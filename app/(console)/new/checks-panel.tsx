"use client";

import { CircleCheck, RotateCw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { ExplanationNotice } from "@/app/_ui/explanation-notice";
import { FindingList, findingsSummary } from "@/app/_ui/finding-list";
import { Panel } from "@/app/_ui/panel";
import type { Explanation } from "@/lib/errors/describe";
import type { Finding } from "@/lib/preflight/finding";
import { CheckProgress } from "./check-progress";
import { useChecks } from "./use-checks";

/** What the checks found, and a button that runs them again. */
export function ChecksPanel({ id, findings }: { id: string; findings: Finding[] }) {
  const router = useRouter();
  const { results, run } = useChecks();
  const [hasRun, setHasRun] = useState(false);
  const [error, setError] = useState<Explanation | null>(null);

  async function runAgain() {
    setError(null);
    setHasRun(false);
    const outcome = await run(`/api/imports/${id}/check`, {});
    if (outcome.ok) setHasRun(true);
    else setError(outcome.error);
    router.refresh();
  }

  return (
    <>
      {error && <ExplanationNotice error={error} />}
      <Panel
        title="Checks"
        note={results ? "running" : findingsSummary(findings)}
        actions={
          <>
            {hasRun && (
              <p role="status" className="text-sm text-quiet">
                Checked just now
              </p>
            )}
            <Button isBusy={results !== null} onClick={runAgain}>
              {results === null && <RotateCw aria-hidden className="size-3.5" />}
              Run again
            </Button>
          </>
        }
      >
        {results ? (
          <CheckProgress results={results} />
        ) : findings.length > 0 ? (
          <FindingList findings={findings} />
        ) : (
          <p className="flex items-center gap-2 p-4">
            <CircleCheck aria-hidden className="size-4 text-accent-text" />
            Every check passed: nothing stands in the way.
          </p>
        )}
      </Panel>
    </>
  );
}
