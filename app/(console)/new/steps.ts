import type { ImportStatus } from "@/lib/imports/status";

export const steps = ["source", "checks", "review"] as const;
export type Step = (typeof steps)[number];

export const stepWords: Record<Step, string> = { source: "Source", checks: "Checks", review: "Review" };

export function stepAddress(step: Step, importId: string | null): string {
  return importId === null ? `/new?step=${step}` : `/new?step=${step}&import=${importId}`;
}

/** Where an address leads: the step asked for where it can be shown, else the nearest before it. */
export function stepFor(asked: string | undefined, draft: { status: ImportStatus } | null): Step {
  const step = steps.find((known) => known === asked) ?? "source";
  if (!draft) return "source";
  return step === "review" && draft.status === "blocked" ? "checks" : step;
}
