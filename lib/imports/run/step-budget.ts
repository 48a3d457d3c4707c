import { env } from "@/lib/env";
import type { ImportOptions } from "@/lib/plan/options";

/** A dump cannot be cut: it may take a part of what the platform leaves beyond the budget. */
const DUMP_PATIENCE = 1.4;

export const dumpLimitMs = (options: Pick<ImportOptions, "stepBudgetSeconds">): number =>
  stepBudgetMs(options) * DUMP_PATIENCE;

/** How long one step of this import may work. */
export function stepBudgetMs({ stepBudgetSeconds }: Pick<ImportOptions, "stepBudgetSeconds">): number {
  return (stepBudgetSeconds ?? env().FERRY_STEP_BUDGET_SECONDS) * 1000;
}
