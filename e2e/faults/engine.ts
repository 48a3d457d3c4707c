import { serveFunctions } from "@/inngest/serve";
import { startRunner } from "@/lib/embedded/runner";
import { armFailpoints } from "@/lib/failpoints";
import { cancelImport } from "@/lib/imports/cancel-import";
import { createImport } from "@/lib/imports/create-import";
import { getImport } from "@/lib/imports/get-import";
import { pauseImport } from "@/lib/imports/pause-import";
import { resumeImport } from "@/lib/imports/resume-import";
import { retryImport } from "@/lib/imports/retry-import";
import { workLane } from "@/lib/imports/run/work-lane";
import { startImport } from "@/lib/imports/start-import";
import { redact } from "@/lib/security/redact";
import type { Question, Told } from "./engine-words";
import { readFailpoints, strikes, tellStruck } from "./failpoints";

/**
 * Runner, functions and verbs in a process of their own, so that it can be killed: joined as in the product, over the
 * databases that its environment names. It ends with whoever started it.
 */
const { DATABASE_URL = "", INNGEST_SIGNING_KEY = "", INNGEST_EVENT_KEY = "", INNGEST_BASE_URL = "" } = process.env;

/** Shorter than the product's, for steps that fail and for calls that are taken away. */
const TUNING = { retryDelaysMs: [250], retryJitterMs: 0, heartbeatMs: 500, pollMs: 250 };

const tell = (told: Told) => process.send?.(told);
process.on("disconnect", () => process.exit(0));

const { FERRY_FAILPOINTS = "" } = process.env;
if (FERRY_FAILPOINTS !== "") armFailpoints(strikes(readFailpoints(FERRY_FAILPOINTS), tellStruck));

async function answer(question: Question): Promise<unknown> {
  switch (question.verb) {
    case "create": {
      const { source, target, options } = question;
      return (await createImport({ input: { sourceText: source, target: { kind: "url", text: target }, options } })).id;
    }
    case "start":
      return startImport({ id: question.id });
    case "pause":
      return pauseImport({ id: question.id });
    case "resume":
      return resumeImport({ id: question.id });
    case "retry":
      return retryImport({ id: question.id });
    case "cancel":
      return cancelImport({ id: question.id });
    case "view":
      return getImport({ id: question.id });
    case "workLane":
      return workLane(question);
  }
}

process.on("message", async ({ number, question }: { number: number; question: Question }) => {
  try {
    tell({ number, answer: (await answer(question)) ?? null });
  } catch (error) {
    tell({ number, failure: redact(error instanceof Error ? `${error.name}: ${error.message}` : String(error)) });
  }
});

async function serve(): Promise<void> {
  const { url: appUrl } = await serveFunctions();
  const runner = await startRunner({
    databaseUrl: DATABASE_URL,
    port: Number(new URL(INNGEST_BASE_URL).port),
    appUrl,
    signingKey: INNGEST_SIGNING_KEY,
    eventKey: INNGEST_EVENT_KEY,
    tuning: TUNING,
    log: (line) => process.stderr.write(`${line}\n`),
  });
  await runner.register();
  tell({ ready: true });
}

void serve();
