import { FerryError } from "@/lib/errors/ferry-error";
import { beginImport } from "@/lib/imports/run/begin";
import { failImport } from "@/lib/imports/run/fail-import";
import { finishImport, refuseUnfinished } from "@/lib/imports/run/finish-import";
import { planImport } from "@/lib/imports/run/make-plan";
import { openEpoch } from "@/lib/imports/run/open-epoch";
import { verifyObjects } from "@/lib/imports/run/verify-objects";
import type { LaneEnd } from "@/lib/imports/run/work-lane";
import { inngest } from "../client";
import { placesAtOnce } from "../places";
import { eventOfFailed, readEvent } from "../read-event";
import { atEngine } from "../step-error";
import { functionIds, stepIds } from "../step-ids";
import { MAX_ROUNDS } from "../step-limits";
import { lane } from "./lane";

const STARTED = "ferry/import.started";

/**
 * One import from the gate to the verdict. All state is in the databases; this only says what comes after what. A step
 * that says `paused` or `stopped` ends the run: what follows is another run's.
 */
export const runImport = inngest.createFunction(
  {
    id: functionIds.runImport,
    triggers: [{ event: STARTED }],
    retries: 10,
    ...placesAtOnce(1),
    cancelOn: [{ event: "ferry/import.cancelled", match: "data.importId" }],
    onFailure: async ({ event, step }) => {
      const started = eventOfFailed(STARTED, event.data.event.data);
      if (started) await step.run(stepIds.fail, () => failImport(started.importId, started.run));
    },
  },
  async ({ event, step }) => {
    const { importId, run } = readEvent(STARTED, event.data);
    const begun = await step.run(stepIds.begin, () => atEngine(importId, () => beginImport(importId, run)));
    if (typeof begun === "string") return { status: begun };
    const { lanes } = begun;

    const runLane = async (round: number, number: number, epoch: number): Promise<LaneEnd> => {
      for (let leg = 1; ; leg++) {
        const data = { importId, run, epoch, lane: number };
        // A lane that was cancelled resolves too, without an end of its own.
        const { end = "stuck" } = await step.invoke(stepIds.lane(round, number, leg), { function: lane, data });
        if (end !== "more") return end;
      }
    };

    for (let round = 1; round <= MAX_ROUNDS; round++) {
      const next = () =>
        step.run(stepIds.epoch(round), () => atEngine(importId, () => openEpoch(importId, run, round)));
      const opened = round === 1 ? begun : await next();
      if (typeof opened === "string") return { status: opened };
      const { epoch } = opened;
      const planned = await step.run(stepIds.plan(round), () =>
        atEngine(importId, () => planImport(importId, epoch, run)),
      );
      if (planned === "snapshot-lost") continue;
      if (planned !== "planned") return { status: planned };
      const ends = await Promise.all(Array.from({ length: lanes }, (_, index) => runLane(round, index + 1, epoch)));
      const over = ends.find((end) => end === "paused" || end === "stopped");
      if (over) return { status: over };
      if (ends.includes("snapshot-lost")) continue;
      const compared = await step.run(stepIds.verifyObjects, async () => {
        await atEngine(importId, () => refuseUnfinished(importId), true);
        return atEngine(importId, () => verifyObjects(importId, run));
      });
      if (typeof compared === "string") return { status: compared };
      const finished = await step.run(stepIds.finish, () => atEngine(importId, () => finishImport(importId, run)));
      return typeof finished === "string" ? { status: finished } : finished;
    }
    return step.run(stepIds.finish, () =>
      atEngine(importId, async () => {
        throw new FerryError("snapshot.lost_often", { times: MAX_ROUNDS });
      }),
    );
  },
);
