import { compareAgain, giveUpComparing } from "@/lib/imports/run/compare-again";
import { inngest } from "../client";
import { placesAtOnce } from "../places";
import { eventOfFailed, readEvent } from "../read-event";
import { functionIds, stepIds } from "../step-ids";

const ASKED = "ferry/verification.asked";

/** Compares both sides of an import that has ended once more, in one step: two snapshots cannot be handed on. */
export const verifyAgain = inngest.createFunction(
  {
    id: functionIds.verifyAgain,
    triggers: [{ event: ASKED }],
    retries: 2,
    ...placesAtOnce(1),
    onFailure: async ({ event, step }) => {
      const asked = eventOfFailed(ASKED, event.data.event.data);
      if (asked) await step.run(stepIds.fail, () => giveUpComparing(asked.importId, asked.number));
    },
  },
  async ({ event, step }) => {
    const { importId, number } = readEvent(ASKED, event.data);
    return step.run(stepIds.compareAgain, () => compareAgain(importId, number));
  },
);
