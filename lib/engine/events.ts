import * as z from "zod";

const importId = z.string().min(1).max(64);
const whole = z.int().min(0);

/** Events hold ids only: a secret in an event would be stored by the engine (invariant 5). */
export const eventSchemas = {
  /** A user started or retried an import. */
  "ferry/import.started": z.object({ importId, run: whole }),
  /** Ends every run of the import at once, and has it cleaned up; `discard` takes off the target what Ferry made there. */
  "ferry/import.cancelled": z.object({ importId, discard: z.boolean() }),
  /** It has come to an end, whichever; sent only where somebody wants to be told. */
  "ferry/import.ended": z.object({ importId }),
  /** Somebody wants both sides compared once more; `number` is the report that it is to become. */
  "ferry/verification.asked": z.object({ importId, number: whole }),
  /** Asks for a keeper of the import's snapshot. */
  "ferry/snapshot.wanted": z.object({ importId, epoch: whole, generation: whole }),
  /** What a lane is invoked with: nobody sends it. */
  "ferry/lane.wanted": z.object({ importId, run: whole, epoch: whole, lane: whole }),
} as const;

export type FerryEventName = keyof typeof eventSchemas;

export type FerryEvents = { [Name in FerryEventName]: z.infer<(typeof eventSchemas)[Name]> };
