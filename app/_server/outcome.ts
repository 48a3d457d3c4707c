import { type Explanation, explain } from "@/lib/errors/describe";
import type { StoredError } from "@/lib/errors/ferry-error";
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
    return { ok: false, error: explain(stored), side: sideOf(stored) };
  }
}

export function sideOf({ context: { side } }: StoredError): FailedSide {
  return side === "source" || side === "target" ? side : null;
}
