/** Events hold ids only: a secret in an event would be stored by the engine (invariant 5). */
export interface FerryEvents {
  /** A user started or retried an import. */
  "ferry/import.started": { importId: string; run: number };
  /** Ends every run of the import at once, and has it cleaned up; `discard` takes off the target what Ferry made there. */
  "ferry/import.cancelled": { importId: string; discard: boolean };
  /** It has come to an end, whichever; sent only where somebody wants to be told. */
  "ferry/import.ended": { importId: string };
  /** Asks for a keeper of the import's snapshot. */
  "ferry/snapshot.wanted": { importId: string; epoch: number; generation: number };
}

export type FerryEventName = keyof FerryEvents;
