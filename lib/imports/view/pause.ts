import type { RecordedPhase } from "../record";

/** After so long a pause the source's snapshot is let go by itself. */
export const HELD_HOURS = 4;

/** What a pause means meanwhile, and for going on. */
export interface PauseView {
  /** `held`: it goes on where it stopped. `let-go`: what was read is read again unless the source has not moved. */
  snapshot: "held" | "let-go" | "not-needed";
  /** When it is let go by itself; null when it is not held. */
  heldUntil: string | null;
  /** Statements that the target goes on with alone. */
  atWork: string[];
}

interface SnapshotFacts {
  isPlanned: boolean;
  /** Units that have yet to read the source. */
  reading: number;
  phase: RecordedPhase;
  isHeld: boolean;
}

/** Pure. */
export function snapshotState({ isPlanned, reading, phase, isHeld }: SnapshotFacts): PauseView["snapshot"] {
  if (isPlanned && reading === 0) return "not-needed";
  if (phase === "let-go") return "let-go";
  if (isHeld) return "held";
  return isPlanned ? "let-go" : "not-needed";
}

const snapshotWords: Record<PauseView["snapshot"], string> = {
  held: `The source's snapshot is still held, so that nothing is read twice; for as long, vacuum there keeps rows that are deleted or changed. After ${HELD_HOURS} hours it is let go.`,
  "let-go":
    "The source's snapshot is not held: when the import goes on, everything is read again unless the source has not changed.",
  "not-needed": "Nothing is held on the source.",
};

const NAMED = 3;

/** The consequences of a pause, in whole sentences. Pure. */
export function pauseWords({ snapshot, atWork }: Pick<PauseView, "snapshot" | "atWork">): string {
  if (atWork.length === 0) return snapshotWords[snapshot];
  const names = atWork.slice(0, NAMED).join(", ");
  const more = atWork.length > NAMED ? ` and ${atWork.length - NAMED} more` : "";
  return `${snapshotWords[snapshot]} The target goes on alone with what was begun there: ${names}${more}.`;
}
