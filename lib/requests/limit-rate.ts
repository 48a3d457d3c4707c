import { countInDatabase } from "@/lib/db/rate-counts";
import { FerryError } from "@/lib/errors/ferry-error";
import { type Asker, type LimitedAction, MemoryRates, type RateStore, secondsToWait } from "@/lib/security/rate-limit";
import { asksForSignIn } from "@/lib/security/sign-in-mode";

/** One user's own machine: this keeps a script that has run wild from it, and nobody from their work. */
const EMBEDDED_FACTOR = 30;

/** Kept on globalThis: routes, pages and the proxy are bundles of their own in one process. */
const shared = globalThis as typeof globalThis & { ferryRates?: MemoryRates };

function memory(): RateStore {
  shared.ferryRates ??= new MemoryRates();
  return shared.ferryRates;
}

/** Counts this request and throws if there were too many: `request.too_many`, with the seconds to wait. */
export async function limitRate(action: LimitedAction, asker: Asker): Promise<void> {
  // Where people sign in, others can reach it: then an embedded Ferry counts as a hosted one does.
  const isOpen = asksForSignIn();
  const store = isOpen ? { count: countInDatabase } : memory();
  const seconds = await secondsToWait(store, action, asker, isOpen ? 1 : EMBEDDED_FACTOR);
  if (seconds !== null) throw new FerryError("request.too_many", { seconds });
}
