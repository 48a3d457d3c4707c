import { createHash } from "node:crypto";
import { encodeTime, ulid } from "ulid";
import * as z from "zod";
import type { EventBody } from "./protocol";
import type { TriggeringEvent } from "./start-run";
import { isReserved } from "./triggers";
import type { Limits } from "./tuning";

/** Why events were not taken, with the HTTP status that says so. */
export class EventRefusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const LONGEST_NAME = 512;
const EARLIEST_TS = Date.UTC(1980, 0, 1);
const LATEST_TS = Date.UTC(2100, 0, 1);

const text = z.string().refine((value) => !value.includes("\0"), "a zero byte is not allowed");
const incomingEvent = z.looseObject({
  name: text.min(1, "event name is empty").max(LONGEST_NAME),
  id: text.nullish(),
  data: z.record(z.string(), z.unknown()).nullish(),
  ts: z.number().nullish(),
});

/** Reads what was sent to `/e/…`: one event or a list. All are taken or none. */
export function readEvents(body: string, seed: string | undefined, nowMs: number, limits: Limits): TriggeringEvent[] {
  let content: unknown;
  try {
    content = JSON.parse(body);
  } catch {
    throw new EventRefusal(400, "Request body must contain an event object or an array of event objects");
  }
  const items = Array.isArray(content) ? content : [content];
  if (items.length > limits.eventsPerRequest) {
    throw new EventRefusal(400, `Cannot have more than ${limits.eventsPerRequest} events in a batch`);
  }
  return items.map((item, index) => {
    const internalId = seededId(seed, index) ?? ulid(nowMs);
    return { internalId, body: readEvent(item, internalId, nowMs, limits) };
  });
}

function readEvent(item: unknown, internalId: string, nowMs: number, limits: Limits): EventBody {
  const parsed = incomingEvent.safeParse(item);
  if (!parsed.success) {
    throw new EventRefusal(
      400,
      parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; "),
    );
  }
  const event = parsed.data;
  if (isReserved(event.name)) throw new EventRefusal(400, `event name is reserved for internal use: ${event.name}`);
  const sizeBytes = Buffer.byteLength(JSON.stringify(event));
  if (sizeBytes > limits.eventBytes) {
    const sizes = `Max ${limits.eventBytes} bytes / Size ${sizeBytes} bytes`;
    throw new EventRefusal(413, `Event is over the max size: ${sizes}`);
  }
  const ts = event.ts || nowMs;
  if (ts < EARLIEST_TS || ts > LATEST_TS) throw new EventRefusal(400, "timestamp is not between 1980 and 2100");
  // Only the engine may put this field there: it says whose run an event belongs to.
  const { _inngest, ...data } = event.data ?? {};
  return { user: {}, ...event, id: event.id || internalId, data, ts };
}

/** The SDK sends the same seed when it tries again, so that an event that did arrive is known. */
export function seededId(seed: string | undefined, index: number): string | null {
  const [millis = "", entropy = ""] = (seed ?? "").split(",");
  if (!/^\d{1,14}$/.test(millis) || Buffer.from(entropy, "base64").length !== 10) return null;
  const bytes = createHash("sha256").update(`${entropy} ${index}`).digest();
  const random = Array.from(bytes.subarray(0, 16), (byte) => CROCKFORD[byte % 32]).join("");
  return encodeTime(Number(millis)) + random;
}

const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
