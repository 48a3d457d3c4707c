"use client";

import { useRouter } from "next/navigation";
import { useCallback, useEffect, useState } from "react";
import { Button } from "@/app/_ui/button";
import { ExplanationNotice } from "@/app/_ui/explanation-notice";
import { Panel } from "@/app/_ui/panel";
import type { Explanation } from "@/lib/errors/describe";
import { CheckProgress } from "./check-progress";
import { useChecks } from "./use-checks";

/** The checks by the choices as they are now: something was changed since they ran. */
export function ChecksAgain({ id }: { id: string }) {
  const router = useRouter();
  const { results, run } = useChecks();
  const [error, setError] = useState<Explanation | null>(null);

  const check = useCallback(async () => {
    setError(null);
    const outcome = await run(`/api/imports/${id}/check`, {});
    if (outcome.ok) router.refresh();
    else setError(outcome.error);
  }, [id, router, run]);

  useEffect(() => {
    // Not before it is clear that the page stays: leaving at once, nobody needs them.
    const soon = window.setTimeout(check, 0);
    return () => window.clearTimeout(soon);
  }, [check]);

  if (error) return <ExplanationNotice error={error} actions={<Button onClick={check}>Check again</Button>} />;
  return (
    <Panel title="Time and size" note="You have changed something: the checks run once more">
      <CheckProgress results={results ?? []} />
    </Panel>
  );
}
