import { wipeOldPasswords } from "@/lib/imports/wipe-passwords";
import { inngest } from "../client";
import { functionIds, stepIds } from "../step-ids";

/** Forgets the passwords of imports that ended a day ago: also where no process lives on, and nobody looks. */
export const forgetPasswords = inngest.createFunction(
  { id: functionIds.forgetPasswords, triggers: [{ cron: "17 * * * *" }], retries: 3 },
  async ({ step }) => step.run(stepIds.wipeOld, () => wipeOldPasswords()),
);
