import { env } from "@/lib/env";

/** What this Ferry offers beside Postgres servers by address. */
export interface Abilities {
  hasDemo: boolean;
  hasLocalTarget: boolean;
}

export function abilities(): Abilities {
  const { FERRY_DEMO_SOURCE_URL, FERRY_LOCAL_TARGET_URL } = env();
  return { hasDemo: Boolean(FERRY_DEMO_SOURCE_URL), hasLocalTarget: Boolean(FERRY_LOCAL_TARGET_URL) };
}
