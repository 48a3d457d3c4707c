import { engine } from "./client";
import type { FerryEventName, FerryEvents } from "./events";

/** Sends an event to the engine; the same `id` twice is one event. */
export async function sendEvent<Name extends FerryEventName>(
  name: Name,
  id: string,
  data: FerryEvents[Name],
): Promise<void> {
  await engine.send({ name, id, data });
}
