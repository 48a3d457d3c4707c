"use client";

import { useCallback, useState } from "react";
import type { Outcome } from "@/app/_server/outcome";
import type { CategoryResult } from "@/lib/preflight/run-checks";
import { type Checked, followChecks } from "./follow-checks";

interface Checks {
  /** What has come so far; null while none run. */
  results: CategoryResult[] | null;
  run(address: string, body: unknown, key?: string): Promise<Outcome<Checked>>;
}

/** Checks that are followed while they run. */
export function useChecks(): Checks {
  const [results, setResults] = useState<CategoryResult[] | null>(null);
  const run = useCallback(async (address: string, body: unknown, key?: string) => {
    setResults([]);
    const onCategory = (result: CategoryResult) => setResults((before) => [...(before ?? []), result]);
    const outcome = await followChecks({ address, body, onCategory, key });
    setResults(null);
    return outcome;
  }, []);
  return { results, run };
}
