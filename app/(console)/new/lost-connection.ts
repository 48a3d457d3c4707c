import type { Outcome } from "@/app/_server/outcome";

/** What a person reads when no answer came: the request may or may not have arrived. */
const LOST: Outcome<never> = {
  ok: false,
  side: null,
  error: {
    code: "internal",
    what: "Ferry could not be reached.",
    unharmed: "What you entered is still here.",
    remedy: "See that you are connected, and that Ferry runs; then try again.",
  },
};

/** The outcome of a request that may also get lost: a page that is not told of it would be replaced by an error. */
export async function orLost<T>(ask: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  try {
    return await ask();
  } catch (cause) {
    console.warn(cause);
    return LOST;
  }
}
