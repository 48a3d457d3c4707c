import type { ImportView } from "@/lib/imports/view";
import type { ViewChange } from "./view-change";

/** How changes reach the page: `live` by events, `polling` where these do not come through. */
export type Link = "live" | "polling" | "lost" | "gone";

export interface Follower {
  onView: (view: ImportView) => void;
  onChange: (change: ViewChange) => void;
  onLink: (link: Link) => void;
}

const POLL_MS = 3_000;
/** How often polling is done before events are tried again. */
const POLLS = 10;
/** Events that break so many times without a message are given up for polling. */
const MOST_BREAKS = 3;

/** Follows `/api/imports/…` or `/api/share/…` until the import has ended, may not be read, or `signal` says so. */
export async function followImport(address: string, signal: AbortSignal, follower: Follower): Promise<void> {
  while (!signal.aborted) {
    if ((await listen(address, signal, follower)) === "over") return;
    if ((await poll(address, signal, follower)) === "over") return;
  }
}

type Outcome = "over" | "broken";

function listen(address: string, signal: AbortSignal, follower: Follower): Promise<Outcome> {
  return new Promise((resolve) => {
    const events = new EventSource(`${address}/events`);
    let breaks = 0;
    const finish = (outcome: Outcome) => {
      events.close();
      resolve(outcome);
    };
    const hear = (name: string, act: (body: string) => void) =>
      events.addEventListener(name, (event: MessageEvent<string>) => {
        breaks = 0;
        act(event.data);
      });
    hear("view", (body) => follower.onView(JSON.parse(body) as ImportView));
    hear("change", (body) => follower.onChange(JSON.parse(body) as ViewChange));
    hear("end", () => finish("over"));
    hear("gone", () => {
      follower.onLink("gone");
      finish("over");
    });
    events.onopen = () => follower.onLink("live");
    events.onerror = () => {
      breaks += 1;
      follower.onLink("lost");
      // The browser connects again by itself unless the answer was no stream at all.
      if (events.readyState === EventSource.CLOSED || breaks >= MOST_BREAKS) finish("broken");
    };
    signal.addEventListener("abort", () => finish("over"), { once: true });
  });
}

async function poll(address: string, signal: AbortSignal, follower: Follower): Promise<Outcome> {
  for (let count = 0; count < POLLS; count += 1) {
    try {
      const response = await fetch(address, { signal, cache: "no-store" });
      if (response.status === 404) {
        follower.onLink("gone");
        return "over";
      }
      if (!response.ok) throw new Error(`Reading the import answered ${response.status}.`);
      follower.onView((await response.json()) as ImportView);
      follower.onLink("polling");
    } catch (error) {
      if (signal.aborted) return "over";
      console.warn(error);
      follower.onLink("lost");
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    if (signal.aborted) return "over";
  }
  return "broken";
}
