import { type LaneEnd, workLane } from "@/lib/imports/run/work-lane";
import { inngest } from "../client";
import { placesAtOnce } from "../places";
import { readEvent } from "../read-event";
import { atEngine } from "../step-error";
import { functionIds, stepIds } from "../step-ids";
import { STEPS_PER_LEG } from "../step-limits";

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
    const input = readEvent("ferry/lane.wanted", event.data);
    for (let count = 1; count <= STEPS_PER_LEG; count++) {
      const { end } = await step.run(stepIds.work(count), () => atEngine(input.importId, () => workLane(input)));
      if (end !== "more") return { end };
    }
    return { end: "more" };
  },
);
