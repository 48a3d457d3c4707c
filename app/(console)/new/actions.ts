"use server";

import { attempt, type Outcome } from "@/app/_server/outcome";
import { createImport } from "@/lib/imports/create-import";
import { startImport } from "@/lib/imports/start-import";
import { updateOptions } from "@/lib/imports/update-options";
import { type Choices, choicesSchema } from "./choices";

export async function createFromDemo(): Promise<Outcome<{ id: string }>> {
  return attempt(() => createImport({ input: { demo: true, target: { kind: "local" } } }));
}

export async function start(id: string, choices: Choices): Promise<Outcome> {
  return attempt(async () => {
    await updateOptions({ id, options: choicesSchema.parse(choices) });
    await startImport({ id });
    return null;
  });
}
