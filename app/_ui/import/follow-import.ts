import type { ImportView } from "@/lib/imports/view";
import type { ViewChange } from "./view-change";

/**
 * How changes reach the page: `live` by events, `polling` where these do not come through. `offline` where the browser
 * itself says that it has no network, `lost` where it has one and Ferry does not answer.
 */
export type Link = "live" | "polling" | "lost" | "offline" | "gone";

export interface Follower {
  onView: (view: ImportView) => void;
  onChange: (change: ViewChange) => void;
  /** And when Ferry was last heard, by the browser's clock. */
  onLink: (link: Link, heardAtMs: number) => void;
}

const POLL_MS = 3_000;
/** How often polling is done before events are tried again. */
const POLLS = 10;
/** Events that break so many times without a message are given up for polling. */
const MOST_BREAKS = 3;
/** The server beats every 15 seconds: a connection that has been silent for so long is one in name only. */
const MOST_SILENCE_MS = 40_000;
const ANSWER_LIMIT_MS = 10_000;

/** Follows `/api/imports/…` or `/api/share/…` until the import has ended, may not be read, or `signal` says so. */
export async function followImport(address: string, signal: AbortSignal, follower: Follower): Promise<void> {
  const line = new Line(follower);
  while (!signal.aborted) {
    if ((await listen(address, signal, follower, line)) === "over") return;
    if ((await poll(address, signal, follower, line)) === "over") return;
  }
}

/** Remembers when Ferry was last heard. */
class Line {
  #heardAtMs = Date.now();
  constructor(private readonly follower: Follower) {}

  heard(): void {
    this.#heardAtMs = Date.now();
  }

  tell(link: Link): void {
    this.heard();
    this.follower.onLink(link, this.#heardAtMs);
  }

  lose(): void {
    this.follower.onLink(navigator.onLine ? "lost" : "offline", this.#heardAtMs);
  }
}

type Outcome = "over" | "broken";

function listen(address: string, signal: AbortSignal, follower: Follower, line: Line): Promise<Outcome> {
  return new Promise((resolve) => {
    const events = new EventSource(`${address}/events`);
    const ended = new AbortController();
    let breaks = 0;
    let silence: ReturnType<typeof setTimeout>;
    const finish = (outcome: Outcome) => {
      clearTimeout(silence);
      ended.abort();
      events.close();
      resolve(outcome);
    };
    const lose = () => {
      line.lose();
      finish("broken");
    };
    const awake = () => {
      breaks = 0;
      line.heard();
      clearTimeout(silence);
      silence = setTimeout(lose, MOST_SILENCE_MS);
    };
    const hear = (name: string, act: (body: string) => void) =>
      events.addEventListener(name, (event: MessageEvent<string>) => {
        awake();
        act(event.data);
      });
    hear("view", (body) => follower.onView(JSON.parse(body) as ImportView));
    hear("change", (body) => follower.onChange(JSON.parse(body) as ViewChange));
    hear("beat", () => {});
    hear("end", () => finish("over"));
    hear("gone", () => {
      line.tell("gone");
      finish("over");
    });
    events.onopen = () => {
      line.tell("live");
      clearTimeout(silence);
      silence = setTimeout(lose, MOST_SILENCE_MS);
    };
    events.onerror = () => {
      breaks += 1;
      line.lose();
      // The browser connects again by itself unless the answer was no stream at all.
      if (events.readyState === EventSource.CLOSED || breaks >= MOST_BREAKS) finish("broken");
    };
    // A connection over a network that is gone would look alive for minutes.
    addEventListener("offline", lose, { signal: ended.signal });
    signal.addEventListener("abort", () => finish("over"), { once: true });
  });
}

async function poll(address: string, signal: AbortSignal, follower: Follower, line: Line): Promise<Outcome> {
  for (let count = 0; count < POLLS; count += 1) {
    try {
      const limited = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_LIMIT_MS)]);
      const response = await fetch(address, { signal: limited, cache: "no-store" });
      if (response.status === 404) {
        line.tell("gone");
        return "over";
      }
      if (!response.ok) throw new Error(`Reading the import answered ${response.status}.`);
      follower.onView((await response.json()) as ImportView);
      line.tell("polling");
    } catch (error) {
      if (signal.aborted) return "over";
      console.warn(error);
      line.lose();
    }
    if ((await pause(signal)) === "online") return "broken";
    if (signal.aborted) return "over";
  }
  return "broken";
}

/** Until the next attempt; a network that is back is tried at once. */
function pause(signal: AbortSignal): Promise<"waited" | "online"> {
  return new Promise((resolve) => {
    const over = new AbortController();
    const end = (how: "waited" | "online") => {
      clearTimeout(timer);
      over.abort();
      resolve(how);
    };
    const timer = setTimeout(() => end("waited"), POLL_MS);
    addEventListener("online", () => end("online"), { signal: over.signal });
    signal.addEventListener("abort", () => end("waited"), { signal: over.signal });
  });
}
