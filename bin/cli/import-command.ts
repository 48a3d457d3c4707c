import { keepDraft, type LookedAt, lookAtEnds } from "@/lib/imports/create-import";
import { findUnfinished } from "@/lib/imports/find-unfinished";
import { getImport } from "@/lib/imports/get-import";
import { resumeImport } from "@/lib/imports/resume-import";
import { startImport } from "@/lib/imports/start-import";
import type { ImportView } from "@/lib/imports/view";
import type { Command } from "./arguments";
import { follow } from "./follow";
import { commandAccount, renewNeonKey } from "./neon-account";
import { progressTo } from "./progress";
import { tell } from "./terminal";

type ImportCommand = Extract<Command, { name: "import" }>;

/** The checks, which need nothing of the engine's. */
export async function lookAtBoth({ source, target, options }: ImportCommand): Promise<LookedAt> {
  if (typeof target === "string")
    return lookAtEnds({ input: { sourceText: source, target: { kind: "url", text: target }, options } });
  return lookAtEnds({ input: { sourceText: source, target, options }, neonAccount: await commandAccount() });
}

interface ImportRun {
  command: ImportCommand;
  looking: Promise<LookedAt>;
  engineReady: Promise<void>;
  interrupted: AbortSignal;
}

/** Keeps the import, or joins the one that was interrupted between the same two databases, and follows it. */
export async function runImport({ command, looking, engineReady, interrupted }: ImportRun): Promise<ImportView> {
  const { source, target } = command;
  const joined = await findUnfinished({ source, target });
  const id = joined ?? (await keepDraft(await looking)).id;
  if (joined) tell("An import between these two was interrupted; it goes on.\n");
  tell(`Import ${id}\n`);
  const sink = progressTo(process.stderr);
  if (joined) await renewNeonKey(id);
  const view = await getImport({ id });
  const { neon } = view.target;
  const isTest = view.options.testRun ? ", which is deleted afterwards: a test run" : "";
  if (neon) tell(`Into branch ${neon.branch} of project ${neon.project}${isTest}\n`);
  if (view.status === "blocked") {
    for (const { message, remedy, sql } of view.findings.filter(({ severity }) => severity === "block")) {
      tell(`${[message, remedy, sql].filter(Boolean).join("\n")}\n`);
    }
    return view;
  }
  const estimate = view.findings.find(({ code }) => code === "size.estimate");
  if (!joined && estimate) tell(`${estimate.message}\n`);
  await engineReady;
  await (view.status === "paused" ? resumeImport({ id }) : startImport({ id }));
  return follow(id, sink, interrupted);
}
