import { sendEvent } from "@/lib/engine/send-event";
import { keepSnapshot } from "@/lib/imports/run/keep-snapshot";
import { inngest } from "../client";
import { readEvent } from "../read-event";
import { atEngine } from "../step-error";
import { functionIds, stepIds } from "../step-ids";

/** Holds the source's snapshot for one invocation and has it taken over by the next before it ends. */
export const keepSnapshotFunction = inngest.createFunction(
  {
    id: functionIds.keepSnapshot,
    triggers: [{ event: "ferry/snapshot.wanted" }],
    retries: 10,
    cancelOn: [{ event: "ferry/import.cancelled", match: "data.importId" }],
  },
  async ({ event, step, runId, attempt }) => {
    const { importId, epoch, generation } = readEvent("ferry/snapshot.wanted", event.data);
    const next = { importId, epoch, generation: generation + 1 };
    const askForSuccessor = () =>
      sendEvent("ferry/snapshot.wanted", `${importId}:snapshot:${epoch}:${generation + 1}:${runId}`, next);
    return step.run(stepIds.hold, () =>
      atEngine(importId, () =>
        keepSnapshot({ importId, epoch, generation, attempt: `${runId}:${attempt}`, askForSuccessor }),
      ),
    );
  },
);
