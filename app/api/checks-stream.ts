import { sideOf } from "@/app/_server/outcome";
import { publicError } from "@/app/_server/public-error";
import { explain } from "@/lib/errors/describe";
import type { CategoryResult } from "@/lib/preflight/run-checks";
import { respond } from "./respond";

export const LINES = "application/x-ndjson";

export type OnCategory = (result: CategoryResult) => void;
type Verb = (onCategory?: OnCategory) => Promise<unknown>;

/**
 * What a verb returns, as JSON; or, where the caller asks for lines, each category of its checks as it is done, and in
 * the last line what it returns or its error.
 */
export function respondWithChecks(request: Request, verb: Verb, status = 200): Promise<Response> | Response {
  if (!request.headers.get("accept")?.includes(LINES)) return respond(() => verb(), status);
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    async start(controller) {
      let isOpen = true;
      const send = (line: unknown) => {
        if (isOpen) controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
      };
      // Whoever asked may have left; the verb goes on, and what it finds is stored.
      request.signal.addEventListener("abort", () => {
        isOpen = false;
      });
      try {
        send({ done: await verb((category) => send({ category })) });
      } catch (error) {
        const stored = publicError(error);
        send({ error: explain(stored), side: sideOf(stored) });
      }
      if (isOpen) controller.close();
    },
  });
  // no-transform: a compressing server in between would hold lines back.
  const headers = { "content-type": LINES, "cache-control": "no-store, no-transform", "x-accel-buffering": "no" };
  return new Response(stream, { status, headers });
}
