import type { EndpointKind } from "@/lib/imports/record";
import type { ImportStatus } from "@/lib/imports/status";

export const steps = ["source", "checks", "what", "where", "review"] as const;
export type Step = (typeof steps)[number];

export const stepWords: Record<Step, string> = {
  source: "Source",
  checks: "Checks",
  what: "What",
  where: "Where",
  review: "Review",
};

/** What the address names besides the step. */
export interface StepPlace {
  importId: string | null;
  /** The Neon project that somebody came from, or `new`. */
  project?: string;
}

export function stepAddress(step: Step, { importId, project }: StepPlace): string {
  const place = new URLSearchParams({ step });
  if (importId !== null) place.set("import", importId);
  if (project !== undefined) place.set("project", project);
  return `/new?${place}`;
}

type DraftState = { status: ImportStatus; target: { kind: EndpointKind } } | null;

/** Where an address leads: the step asked for where it can be shown, else the nearest before it. */
export function stepFor(asked: string | undefined, draft: DraftState): Step {
  const step = steps.find((known) => known === asked) ?? "source";
  if (!draft) return "source";
  if (step !== "review") return step;
  return draft.status === "blocked" ? "checks" : draft.target.kind === "unchosen" ? "where" : "review";
}
