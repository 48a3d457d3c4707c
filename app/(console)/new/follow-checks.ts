import type { FailedSide, Outcome } from "@/app/_server/outcome";
import type { Explanation } from "@/lib/errors/describe";
import type { ImportStatus } from "@/lib/imports/status";
import type { CategoryResult } from "@/lib/preflight/run-checks";
import { orLost } from "./lost-connection";

/** Creating a draft tells its id alone. */
export interface Checked {
  id: string;
  status?: ImportStatus;
}

type Line = { category: CategoryResult } | { done: Checked } | { error: Explanation; side: FailedSide };

interface ChecksRequest {
  address: string;
  body: unknown;
  onCategory: (result: CategoryResult) => void;
  /** Sent again under the same key, the request is answered as it was the first time. */
  key?: string;
}

/** Has checks run and hears of each category as it is done. The connection strings go one way: nothing brings them back. */
export const followChecks = (request: ChecksRequest): Promise<Outcome<Checked>> => orLost(() => follow(request));

async function follow({ address, body, onCategory, key }: ChecksRequest): Promise<Outcome<Checked>> {
  const response = await fetch(address, {
    method: "POST",
    headers: {
      accept: "application/x-ndjson",
      "content-type": "application/json",
      ...(key !== undefined && { "idempotency-key": key }),
    },
    body: JSON.stringify(body),
  });
  if (!response.body) throw new Error(`The checks answered ${response.status} without a word.`);
  let outcome: Outcome<Checked> | null = null;
  await eachLine(response.body, (text) => {
    const line = JSON.parse(text) as Line;
    if ("category" in line) onCategory(line.category);
    else if ("done" in line) outcome = { ok: true, value: line.done };
    else outcome = { ok: false, error: line.error, side: line.side };
  });
  if (!outcome) throw new Error("The checks ended without a result.");
  return outcome;
}

export async function eachLine(stream: ReadableStream<Uint8Array>, hear: (line: string) => void): Promise<void> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    const lines = (rest + decoder.decode(value, { stream: !done })).split("\n");
    rest = done ? "" : (lines.pop() ?? "");
    for (const line of lines) if (line.trim() !== "") hear(line);
    if (done) return;
  }
}
