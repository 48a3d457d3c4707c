"use server";

import { allowAction, note } from "@/app/_server/access";
import { attempt, type Outcome } from "@/app/_server/outcome";
import { viewerId } from "@/lib/accounts/viewer";
import { createImport } from "@/lib/imports/create-import";
import { startImport } from "@/lib/imports/start-import";
import { updateOptions } from "@/lib/imports/update-options";
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

export async function start(id: string, choices: Choices): Promise<Outcome> {
  return attempt(async () => {
    const viewer = await allowAction("imports.run");
    await updateOptions({ id, options: choicesSchema.parse(choices) });
    await startImport({ id });
    await note({ viewer, deed: "import.started", subject: id });
    return null;
  });
}
