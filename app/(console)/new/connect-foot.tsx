"use client";

import { type ReactNode, useEffect, useState } from "react";
import { Button } from "@/app/_ui/button";
import { ExplanationNotice } from "@/app/_ui/explanation-notice";
import type { Explanation } from "@/lib/errors/describe";
import type { CategoryResult } from "@/lib/preflight/run-checks";
import { CheckProgress } from "./check-progress";

interface ConnectFootProps {
  /** On the button, while nothing is under way. */
  word: string;
  /** What no field is to blame for. */
  error: Explanation | null;
  results: readonly CategoryResult[] | null;
  isBusy: boolean;
  /** At the end of the row. */
  children?: ReactNode;
}

/** The end of a form that connects somewhere: what went wrong, the checks as they come, and the button. */
export function ConnectFoot({ word, error, results, isBusy, children }: ConnectFootProps) {
  // What is shown of the page before its script is there cannot be sent.
  const [isReady, setReady] = useState(false);
  useEffect(() => setReady(true), []);
  return (
    <>
      {error && <ExplanationNotice error={error} />}
      {results && results.length > 0 && (
        <div className="rounded-md border">
          <CheckProgress results={results} />
        </div>
      )}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <Button type="submit" look="primary" isBusy={isBusy} disabled={!isReady}>
          {isBusy ? "Connecting and checking" : word}
        </Button>
        <p className="text-sm text-quiet">Nothing is created or copied before you start the import.</p>
        {children}
      </div>
    </>
  );
}
