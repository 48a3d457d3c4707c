import { setTimeout as sleep } from "node:timers/promises";
import { untilRung } from "@/lib/imports/bell";
import { cancelImport } from "@/lib/imports/cancel-import";
import { getImport } from "@/lib/imports/get-import";
import { getStatus } from "@/lib/imports/get-status";
import { isCleanedUp } from "@/lib/imports/is-cleaned-up";
import { hasEnded } from "@/lib/imports/status";
import type { ImportView } from "@/lib/imports/view";
import type { ProgressSink } from "./progress";

/** Also after which an interrupt is seen; what is done in this process is heard of at once. */
const POLL_MS = 150;
/** Showing may take this share of the time, whatever there is to show. */
const SHOW_SHARE = 0.02;
/** The step engine does the rest at its next start. */
const CLEAN_UP_MS = 10_000;

/** Shows an import until it has ended, or is paused with nothing to hold on to. An interrupt cancels it. */
export async function follow(id: string, sink: ProgressSink, interrupted: AbortSignal): Promise<ImportView> {
  for (let nextShow = Date.now() + sink.everyMs; ; ) {
    const status = await getStatus({ id });
    if (hasEnded(status)) break;
    if (interrupted.aborted) {
      await cancelImport({ id });
      continue;
    }
    const startedAt = Date.now();
    if (startedAt >= nextShow) {
      const view = await getImport({ id });
      sink.show(view);
      if (isLeft(view)) break;
      nextShow = Date.now() + Math.max(sink.everyMs, (Date.now() - startedAt) / SHOW_SHARE);
    }
    await untilRung(id, POLL_MS);
  }
  const ended = await getImport({ id });
  // The branch of a test run goes after the verdict.
  const isAwaited = interrupted.aborted || (ended.options.testRun && ended.status === "succeeded");
  if (isAwaited) await untilCleanedUp(id);
  const view = isAwaited ? await getImport({ id }) : ended;
  sink.end(view);
  return view;
}

const isLeft = ({ pause, work }: ImportView): boolean =>
  pause !== null && pause.snapshot !== "held" && work.every(({ running }) => running === 0);

/** False when it was not waited for to the end. */
export async function untilCleanedUp(id: string): Promise<boolean> {
  for (const deadline = Date.now() + CLEAN_UP_MS; Date.now() < deadline; await sleep(POLL_MS)) {
    if (await isCleanedUp({ id })) return true;
  }
  return false;
}
