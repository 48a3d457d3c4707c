import { workAtOnce } from "@/lib/env";

/**
 * How many steps of a function run at once, of all imports, where the engine's machine does the work itself: otherwise
 * fifty imports would leave no time for a page. One that waits holds no place.
 */
export function placesAtOnce(share: number): { concurrency?: { limit: number } } {
  const places = workAtOnce();
  return places === undefined ? {} : { concurrency: { limit: places * share } };
}
