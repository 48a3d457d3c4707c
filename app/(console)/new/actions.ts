"use server";

import { allowAction, note } from "@/app/_server/access";
import { attempt, type Outcome } from "@/app/_server/outcome";
import { viewerId } from "@/lib/accounts/viewer";
import { createImport } from "@/lib/imports/create-import";
import { startImport } from "@/lib/imports/start-import";
import { startTestRun } from "@/lib/imports/start-test-run";
import { updateOptions } from "@/lib/imports/update-options";
import { doOnce } from "@/lib/requests/idempotency";
import { type Choices, choicesSchema } from "./choices";

export async function createFromDemo(): Promise<Outcome<{ id: string }>> {
  return attempt(async () => {
    const viewer = await allowAction("imports.create");
    const input = { demo: true, target: { kind: "local" } } as const;
    const created = await createImport({ input, by: viewerId(viewer) });
    await note({ viewer, deed: "import.created", subject: created.id, detail: "from the demo" });
    return created;
  });
}

/** While somebody chooses. What is chosen is noted with the start. */
export async function saveOptions(id: string, choices: Choices): Promise<Outcome> {
  return attempt(async () => {
    await allowAction("imports.change");
    await updateOptions({ id, options: choicesSchema.parse(choices) });
    return null;
  });
}

export async function start(id: string): Promise<Outcome> {
  return attempt(async () => {
    const viewer = await allowAction("imports.run");
    await startImport({ id });
    await note({ viewer, deed: "import.started", subject: id });
    return null;
  });
}

/** `key` is of one press of the button: sent again after a lost answer, it starts no second one. */
export async function testRun(id: string, key: string): Promise<Outcome<{ id: string }>> {
  return attempt(async () => {
    const viewer = await allowAction("imports.run");
    const by = viewerId(viewer);
    return doOnce({ key, scope: by ?? "", content: `test run\n${id}` }, async () => {
      const started = await startTestRun({ id, by });
      await note({ viewer, deed: "import.test_run_started", subject: started.id });
      return started;
    });
  });
}
