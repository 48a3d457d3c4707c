import { env } from "@/lib/env";
import { hasFiles } from "@/lib/files/has-files";

/** What this Ferry offers that not every one does. */
export interface Abilities {
  hasDemo: boolean;
  hasLocalTarget: boolean;
  /** Whether files can be imported: that takes a disk and a server of its own. */
  hasFiles: boolean;
  /** Whether the runs of the step engine are shown here: Inngest shows its own. */
  hasRuns: boolean;
}

export function abilities(): Abilities {
  const { FERRY_DEMO_SOURCE_URL, FERRY_LOCAL_TARGET_URL, FERRY_ENGINE, FERRY_MODE } = env();
  return {
    hasDemo: Boolean(FERRY_DEMO_SOURCE_URL),
    hasLocalTarget: Boolean(FERRY_LOCAL_TARGET_URL),
    hasFiles: hasFiles(),
    hasRuns: FERRY_MODE === "embedded" && FERRY_ENGINE === "embedded",
  };
}
