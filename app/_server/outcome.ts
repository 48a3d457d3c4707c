import { type Explanation, explain } from "@/lib/errors/describe";
import { publicError } from "./public-error";

/** What a server action returns: in production a thrown error would lose its words on the way to the browser. */
export type Outcome<T = null> = { ok: true; value: T } | { ok: false; error: Explanation; side: FailedSide };

/** The field next to which the sentence stands. */
export type FailedSide = "source" | "target" | null;

export async function attempt<T>(verb: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await verb() };
  } catch (error) {
    const stored = publicError(error);
    const { side } = stored.context;
    return { ok: false, error: explain(stored), side: side === "source" || side === "target" ? side : null };
  }
}
