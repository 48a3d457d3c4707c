import { cleanTarget, endSessions, giveUpCleaning, wipePasswords } from "@/lib/imports/run/clean-up";
import { inngest } from "../client";
import { eventOfFailed, readEvent } from "../read-event";
import { atEngine } from "../step-error";
import { functionIds, stepIds } from "../step-ids";

const CANCELLED = "ferry/import.cancelled";

/** After a cancel: nothing of Ferry's is left behind, and of what has arrived only what the user wants to keep. */
export const cleanUp = inngest.createFunction(
  {
    id: functionIds.cleanUp,
    triggers: [{ event: CANCELLED }],
    retries: 10,
    onFailure: async ({ event, step }) => {
      const cancelled = eventOfFailed(CANCELLED, event.data.event.data);
      if (cancelled) await step.run(stepIds.fail, () => giveUpCleaning(cancelled.importId));
    },
  },
  async ({ event, step }) => {
    const { importId, discard } = readEvent(CANCELLED, event.data);
    await step.run(stepIds.endStatements, () => atEngine(importId, () => endSessions(importId, "target")));
    await step.run(stepIds.cleanTarget, () => atEngine(importId, () => cleanTarget(importId, discard)));
    await step.run(stepIds.endReading, () => atEngine(importId, () => endSessions(importId, "source")));
    await step.run(stepIds.wipe, () => atEngine(importId, () => wipePasswords(importId)));
  },
);
