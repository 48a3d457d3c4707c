import { env } from "@/lib/env";

/** What this Ferry offers that not every one does. */
export interface Abilities {
  hasDemo: boolean;
  hasLocalTarget: boolean;
  /** Whether the runs of the step engine are shown here: Inngest shows its own. */
  hasRuns: boolean;
}

export function abilities(): Abilities {
  const { FERRY_DEMO_SOURCE_URL, FERRY_LOCAL_TARGET_URL, FERRY_ENGINE, FERRY_MODE } = env();
  return {
    hasDemo: Boolean(FERRY_DEMO_SOURCE_URL),
    hasLocalTarget: Boolean(FERRY_LOCAL_TARGET_URL),
    hasRuns: FERRY_MODE === "embedded" && FERRY_ENGINE === "embedded",
  };
}
