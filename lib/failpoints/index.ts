import type { Client } from "pg";
import type { Failpoint } from "./names";

export type { Failpoint } from "./names";

export interface FailpointPlace {
  /** The unit that is worked on. */
  of?: string;
  /** One that may be broken here. */
  session?: Client;
}

export type Strike = (name: Failpoint, place: FailpointPlace) => Promise<void> | undefined;

let strike: Strike | null = null;

/** A boundary at which a process may end in tests. In the product nobody ever arms it, and nothing happens. */
export function failpoint(name: Failpoint, place: FailpointPlace = {}): Promise<void> | undefined {
  return strike?.(name, place);
}

/**
 * For the fault suite's own engine (`e2e/faults/engine.ts`). What a failpoint does is not part of the product, and none
 * of its programs calls this, so that no environment makes a Ferry crash; a hosted one refuses in any case.
 */
export function armFailpoints(by: Strike): void {
  if (process.env.FERRY_MODE !== "embedded") throw new Error("Failpoints are for an embedded Ferry in tests only.");
  strike = by;
}
