import { createHmac } from "node:crypto";
import { env } from "@/lib/env";
import { FerryError, messageOf } from "@/lib/errors/ferry-error";
import { failpoint } from "@/lib/failpoints";
import { redact } from "@/lib/security/redact";
import { postOnce } from "./post-once";
import type { ImportView } from "./view";

const ANSWER_LIMIT_MS = 10_000;

/** What is told of an import that has ended: no address, no user, and no text in which either may be named. */
export function webhookBody({ id, name, status, startedAt, finishedAt, progress, tables, verification }: ImportView) {
  return {
    event: "import.ended",
    import: {
      ...{ id, name, status, startedAt, finishedAt },
      tables: tables.length,
      rows: progress.rowsDone,
      bytes: progress.bytesDone,
      verification: verification.status,
      differences: verification.differences.length,
    },
  };
}

/** `t=<seconds>,v1=<HMAC-SHA256 of "<seconds>.<body>">`: whoever has the secret can tell who sent it, and when. */
export function signed(body: string, secret: string, nowMs: number): string {
  const seconds = Math.floor(nowMs / 1_000);
  return `t=${seconds},v1=${createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex")}`;
}

/** Throws unless it was taken, so that the engine tries again. */
export async function postWebhook(view: ImportView): Promise<void> {
  const { FERRY_WEBHOOK_URL: url, FERRY_WEBHOOK_SECRET: secret } = env();
  if (!url || !secret) return;
  const body = JSON.stringify(webhookBody(view));
  await failpoint("notify.posting");
  const headers = {
    "content-type": "application/json",
    "user-agent": "Ferry",
    "ferry-signature": signed(body, secret, Date.now()),
  };
  const status = await postOnce({ url, headers, body, timeoutMs: ANSWER_LIMIT_MS }).catch((cause) => {
    throw new FerryError("webhook.failed", { reason: redact(messageOf(cause) || `${cause.code}`) }, { cause });
  });
  if (status < 200 || status > 299)
    throw new FerryError("webhook.failed", { reason: `it answered with status ${status}` });
  await failpoint("notify.posted");
}
