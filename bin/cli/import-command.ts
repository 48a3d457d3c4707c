import { setTimeout as sleep } from "node:timers/promises";
import { cancelImport } from "@/lib/imports/cancel-import";
import { keepDraft, type LookedAt, lookAtEnds } from "@/lib/imports/create-import";
import { findUnfinished } from "@/lib/imports/find-unfinished";
import { getImport } from "@/lib/imports/get-import";
import { getStatus } from "@/lib/imports/get-status";
import { startImport } from "@/lib/imports/start-import";
import { hasEnded } from "@/lib/imports/status";
import type { ImportView } from "@/lib/imports/view";
import type { Command } from "./arguments";
import { progressTo } from "./progress";

const POLL_MS = 50;
/** Showing may take this share of the time, whatever there is to show. */
const SHOW_SHARE = 0.02;

type ImportCommand = Extract<Command, { name: "import" }>;

/** The checks, which need nothing of the engine's. */
export const lookAtBoth = ({ source, target, options }: ImportCommand): Promise<LookedAt> =>
  lookAtEnds({ input: { sourceText: source, target: { kind: "url", text: target }, options } });

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
  if (joined) process.stderr.write("An import between these two was interrupted; it goes on.\n");
  const sink = progressTo(process.stderr);
  let view = await getImport({ id });
  if (view.status === "blocked") {
    for (const { message, remedy, sql } of view.findings.filter(({ severity }) => severity === "block")) {
      process.stderr.write(`${[message, remedy, sql].filter(Boolean).join("\n")}\n`);
    }
    return view;
  }
  await engineReady;
  await startImport({ id });
  for (let nextShow = Date.now() + sink.everyMs; !hasEnded(await getStatus({ id })); ) {
    if (interrupted.aborted) {
      await cancelImport({ id });
      continue;
    }
    const startedAt = Date.now();
    if (startedAt >= nextShow) {
      sink.show(await getImport({ id }));
      nextShow = Date.now() + Math.max(sink.everyMs, (Date.now() - startedAt) / SHOW_SHARE);
    }
    await sleep(POLL_MS, undefined, { signal: interrupted }).catch(() => {});
  }
  view = await getImport({ id });
  sink.end(view);
  return view;
}
