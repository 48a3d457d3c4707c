import type { FerryEvents } from "@/lib/engine/events";
import { compareAgain, giveUpComparing } from "@/lib/imports/run/compare-again";
import { inngest } from "../client";
import { functionIds, stepIds } from "../step-ids";

type Asked = FerryEvents["ferry/verification.asked"];

/** Compares both sides of an import that has ended once more, in one step: two snapshots cannot be handed on. */
export const verifyAgain = inngest.createFunction(
  {
    id: functionIds.verifyAgain,
    triggers: [{ event: "ferry/verification.asked" }],
    retries: 2,
    onFailure: async ({ event, step }) => {
      const { importId, number } = event.data.event.data as Asked;
      await step.run(stepIds.fail, () => giveUpComparing(importId, number));
    },
  },
  async ({ event, step }) => {
    const { importId, number } = event.data as Asked;
    return step.run(stepIds.compareAgain, () => compareAgain(importId, number));
  },
);
