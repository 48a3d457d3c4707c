import { NonRetriableError } from "inngest";
import { eventSchemas, type FerryEventName, type FerryEvents } from "@/lib/engine/events";

/**
 * What an event brings. Whoever has the event key can send anything: what is malformed is refused before anything is
 * done, and the engine keeps the reason with the run. The reason names the fields, not what was in them.
 */
export function readEvent<Name extends FerryEventName>(name: Name, data: unknown): FerryEvents[Name] {
  const parsed = eventSchemas[name].safeParse(data);
  if (parsed.success) return parsed.data as FerryEvents[Name];
  const fields = [...new Set(parsed.error.issues.map(({ path }) => path.join(".") || "data"))];
  throw new NonRetriableError(`Refused: ${name} is malformed (${fields.join(", ")}).`);
}

/** The same for a function that has failed, maybe for that reason: null when it was. */
export function eventOfFailed<Name extends FerryEventName>(name: Name, data: unknown): FerryEvents[Name] | null {
  const parsed = eventSchemas[name].safeParse(data);
  return parsed.success ? (parsed.data as FerryEvents[Name]) : null;
}
