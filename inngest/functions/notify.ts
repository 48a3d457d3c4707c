import { getImport } from "@/lib/imports/get-import";
import { hasEnded } from "@/lib/imports/status";
import { postWebhook } from "@/lib/imports/webhook";
import { inngest } from "../client";
import { readEvent } from "../read-event";
import { atEngine } from "../step-error";
import { functionIds, stepIds } from "../step-ids";

/** Tells whoever asked to be told that an import has ended. */
export const notify = inngest.createFunction(
  { id: functionIds.notify, triggers: [{ event: "ferry/import.ended" }], retries: 10 },
  async ({ event, step }) => {
    const { importId } = readEvent("ferry/import.ended", event.data);
    return step.run(stepIds.webhook, () =>
      atEngine(importId, async () => {
        const view = await getImport({ id: importId });
        // Somebody was quick to retry it, or it never had ended: that is told when it does.
        if (!hasEnded(view.status)) return "not ended";
        await postWebhook(view);
        return "told";
      }),
    );
  },
);
