"use server";

import { refresh } from "next/cache";
import { attempt, type Outcome } from "@/app/_server/outcome";
import { type CreateImportInput, createImport, createImportSchema } from "@/lib/imports/create-import";
import { runChecks } from "@/lib/imports/run-checks";
import { startImport } from "@/lib/imports/start-import";
import { updateOptions } from "@/lib/imports/update-options";
import { type Choices, choicesSchema } from "./choices";

/** Connects, checks and keeps a draft. The connection strings go one way: no answer carries them back. */
export async function create(input: CreateImportInput): Promise<Outcome<{ id: string }>> {
  return attempt(() => createImport({ input: createImportSchema.parse(input) }));
}

export async function createFromDemo(): Promise<Outcome<{ id: string }>> {
  return attempt(() => createImport({ input: { demo: true, target: { kind: "local" } } }));
}

export async function checkAgain(id: string): Promise<Outcome> {
  const outcome = await attempt(async () => {
    await runChecks({ id });
    return null;
  });
  refresh();
  return outcome;
}

export async function start(id: string, choices: Choices): Promise<Outcome> {
  return attempt(async () => {
    await updateOptions({ id, options: choicesSchema.parse(choices) });
    await startImport({ id });
    return null;
  });
}
