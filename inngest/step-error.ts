import { NonRetriableError } from "inngest";
import { dispositionOf, explain, toStored } from "@/lib/errors/describe";
import { FerryError, messageOf, rootOf } from "@/lib/errors/ferry-error";
import { noteError } from "@/lib/imports/run/fail-import";
import { isConnectionLost } from "@/lib/postgres/sqlstate";
import { redact } from "@/lib/security/redact";

/**
 * The step engine's error mapper: notes the error with the import, and tells the engine whether to call again. What
 * the engine stores and shows is the sentence that the user reads, not the error itself. `final` is for what has been
 * tried again already, as often as makes sense.
 */
export async function atEngine<T>(importId: string, work: () => Promise<T>, final = false): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    const error = named(thrown);
    const stored = toStored(error);
    await noteError(importId, stored);
    const text = redact(explain(stored).what);
    // An error that nobody foresaw may be a passing one: the engine tries again, then the import waits for the user.
    const again = !final && (dispositionOf(error) === "retry" || stored.code === "internal");
    throw again ? new Error(text) : new NonRetriableError(text);
  }
}

/** A session that broke in the middle of a query says so in the driver's or the server's words. */
function named(thrown: unknown): unknown {
  const error = rootOf(thrown);
  if (error instanceof FerryError || !isConnectionLost(error)) return thrown;
  return new FerryError("connect.lost", { reason: messageOf(error) }, { cause: error });
}
