import type { FerryEvents } from "@/lib/engine/events";
import { getImport } from "@/lib/imports/get-import";
import { postWebhook } from "@/lib/imports/webhook";
import { inngest } from "../client";
import { atEngine } from "../step-error";
import { functionIds, stepIds } from "../step-ids";

/** Tells whoever asked to be told that an import has ended. */
export const notify = inngest.createFunction(
  { id: functionIds.notify, triggers: [{ event: "ferry/import.ended" }], retries: 10 },
  async ({ event, step }) => {
    const { importId } = event.data as FerryEvents["ferry/import.ended"];
    await step.run(stepIds.webhook, () =>
      atEngine(importId, async () => postWebhook(await getImport({ id: importId }))),
    );
  },
);
