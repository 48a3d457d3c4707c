import { publicError } from "@/app/_server/public-error";
import { FerryError } from "@/lib/errors/ferry-error";
import { hasEnded } from "@/lib/imports/status";
import type { ImportView } from "@/lib/imports/view";
import { httpStatus, respondError } from "../respond";
import { type Feed, joinFeed, type Reading } from "./feed";

/** Below the limit of an invocation; the browser connects again by itself. */
const STREAM_MS = 240_000;
/** A page that hears none takes its connection for lost: see follow-import.ts. */
const HEARTBEAT_MS = 15_000;
const RECONNECT_MS = 2_000;
/** A reader that leaves so many messages lying is cut off; it comes back for the whole view. */
const MOST_WAITING = 32;

const encoder = new TextEncoder();

const headers = {
  "content-type": "text/event-stream; charset=utf-8",
  // no-transform: a compressing server in between would hold events back.
  "cache-control": "no-store, no-transform",
  "x-accel-buffering": "no",
};

/** Readings of an import as server-sent events: `view`, then `change`s, then `end`; `gone` when it may not be read. */
export async function streamView(request: Request, key: string, load: () => Promise<ImportView>): Promise<Response> {
  try {
    const feed = await joinFeed(key, load);
    const known = request.headers.get("last-event-id");
    return new Response(openStream(request.signal, feed, known), { headers });
  } catch (error) {
    return respondError(error);
  }
}

function openStream(signal: AbortSignal, feed: Feed, known: string | null): ReadableStream<Uint8Array> {
  let stop: () => void = () => {};
  return new ReadableStream<Uint8Array>({
    start(controller) {
      let isOpen = true;
      const close = () => {
        if (!isOpen) return;
        stop();
        controller.close();
      };
      const send = (told: string | Uint8Array) => {
        if (!isOpen) return;
        controller.enqueue(typeof told === "string" ? encoder.encode(told) : told);
        if ((controller.desiredSize ?? 0) < -MOST_WAITING) close();
      };
      const sendReading = (event: "view" | "change", reading: Reading) => {
        send(bytesOf[event](reading));
        if (!hasEnded(reading.view.status)) return;
        send(message("end", "{}"));
        close();
      };
      const unwatch = feed.watch({
        onReading: (reading) => sendReading("change", reading),
        onFailed: (error) => {
          if (isGone(error)) send(message("gone", "{}"));
          close();
        },
      });
      const heartbeat = setInterval(() => send(message("beat", "{}")), HEARTBEAT_MS);
      const lifetime = setTimeout(close, STREAM_MS);
      stop = () => {
        isOpen = false;
        unwatch();
        clearInterval(heartbeat);
        clearTimeout(lifetime);
      };
      signal.addEventListener("abort", close);
      const first = feed.latest();
      if (first.digest !== known || hasEnded(first.view.status)) sendReading("view", first);
      else send(RETRY);
    },
    cancel: () => stop(),
  });
}

const RETRY = `retry: ${RECONNECT_MS}\n\n`;

/** Made once for all who watch. Each piece that is sent has its price for each of them: the first says all at once. */
const bytesOf = {
  view: madeOnce(({ whole, digest }) => RETRY + message("view", whole, digest)),
  change: madeOnce(({ change, digest }) => message("change", change, digest)),
};

function madeOnce(write: (reading: Reading) => string): (reading: Reading) => Uint8Array {
  const made = new WeakMap<Reading, Uint8Array>();
  return (reading) => {
    const bytes = made.get(reading) ?? encoder.encode(write(reading));
    made.set(reading, bytes);
    return bytes;
  };
}

/** JSON has no line breaks of its own, so one data line is enough. */
function message(event: string, data: string, id?: string): string {
  return `${id ? `id: ${id}\n` : ""}event: ${event}\ndata: ${data}\n\n`;
}

function isGone(error: unknown): boolean {
  const { code } = publicError(error);
  return error instanceof FerryError && httpStatus(code) === 404;
}
