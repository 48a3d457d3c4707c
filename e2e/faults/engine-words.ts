import type { ImportView } from "@/lib/imports/view";
import type { ImportOptions } from "@/lib/plan/options";

/** What the engine's process is asked, and what it answers. */
export type Question =
  | { verb: "create"; source: string; target: string; options: Partial<ImportOptions> }
  | { verb: "start" | "pause" | "resume" | "retry" | "cancel" | "view"; id: string }
  | { verb: "workLane"; importId: string; run: number; epoch: number; lane: number };

export interface Answers {
  create: string;
  start: null;
  pause: unknown;
  resume: null;
  retry: null;
  cancel: null;
  view: ImportView;
  workLane: { end: string; units: number };
}

export type Told = { ready: true } | { number: number; answer: unknown } | { number: number; failure: string };
