import { type LaneEnd, workLane } from "@/lib/imports/run/work-lane";
import { inngest } from "../client";
import { placesAtOnce } from "../places";
import { atEngine } from "../step-error";
import { functionIds, stepIds } from "../step-ids";
import { STEPS_PER_LEG } from "../step-limits";

interface LaneInput {
  importId: string;
  run: number;
  epoch: number;
  lane: number;
}

/** A child run that works off units, one budget's worth a step. */
export const lane = inngest.createFunction(
  {
    id: functionIds.lane,
    triggers: [{ event: "ferry/lane.wanted" }],
    retries: 10,
    ...placesAtOnce(2),
    cancelOn: [{ event: "ferry/import.cancelled", match: "data.importId" }],
  },
  async ({ event, step }): Promise<{ end: LaneEnd }> => {
    const input = event.data as LaneInput;
    for (let count = 1; count <= STEPS_PER_LEG; count++) {
      const { end } = await step.run(stepIds.work(count), () => atEngine(input.importId, () => workLane(input)));
      if (end !== "more") return { end };
    }
    return { end: "more" };
  },
);
