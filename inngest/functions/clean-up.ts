import type { FerryEvents } from "@/lib/engine/events";
import { endStatements } from "@/lib/imports/run/end-statements";
import { inngest } from "../client";
import { atEngine } from "../step-error";
import { functionIds, stepIds } from "../step-ids";

/** After a cancel: what the target was left to work on alone has nobody else to end it. */
export const cleanUp = inngest.createFunction(
  { id: functionIds.cleanUp, triggers: [{ event: "ferry/import.cancelled" }], retries: 10 },
  async ({ event, step }) => {
    const { importId } = event.data as FerryEvents["ferry/import.cancelled"];
    return step.run(stepIds.endStatements, () => atEngine(importId, () => endStatements(importId)));
  },
);
