import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { startOwnFerry } from "@/e2e/browser/own-ferry";
import { groundOf, runFuzz } from "./suite";
import { webProcessOf } from "./web-process";

const USAGE = `Usage: npm run fuzz -- [--requests 10000] [--seed N]

Random requests to every route and action of a Ferry of its own: none may be answered by an error of the server's,
tell a secret, or leave memory behind.
`;

/** What the process may have more at the end than when all of it was loaded. */
const MOST_GROWN_BYTES = 100 * 2 ** 20;

/** V8 takes what it may before it looks for what is left behind: with little, what is kept shows, or ends the process. */
const HEAP_MEBIBYTES = 160;

export async function main(args: string[]): Promise<number> {
  const text = { type: "string" } as const;
  const { values } = parseArgs({ args, options: { requests: text, seed: text, help: { type: "boolean" } } });
  const requests = Number(values.requests ?? 10_000);
  const seed = Number(values.seed ?? Date.now() % 1_000_000);
  if (values.help || !Number.isSafeInteger(requests) || !Number.isSafeInteger(seed)) {
    process.stdout.write(USAGE);
    return values.help ? 0 : 2;
  }
  const say = (line: string) => process.stdout.write(`${line}\n`);
  process.env.NODE_OPTIONS = `--max-old-space-size=${HEAP_MEBIBYTES}`;
  const ferry = await startOwnFerry();
  try {
    say(`Seed ${seed}.`);
    const web = webProcessOf(ferry.pid);
    const memory = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${web}/status`, "utf8"))?.[1] ?? 0) * 1_024;
    const ids = [await demoImport(ferry.address)];
    const ground = await groundOf(process.cwd(), ids);
    const result = await runFuzz({
      address: ferry.address,
      seed,
      requests,
      ground,
      secrets: ferry.secrets,
      memory,
      say,
    });
    for (const failure of result.failures) say(failure);
    const { warm, end } = result.memory;
    say(`${JSON.stringify(result.statuses)}, ${result.failures.length} failures.`);
    say(`Memory ${Math.round(warm / 2 ** 20)} MiB when loaded, ${Math.round(end / 2 ** 20)} MiB at the end.`);
    return result.failures.length === 0 && end - warm < MOST_GROWN_BYTES ? 0 : 1;
  } finally {
    await ferry.stop();
  }
}

/** A draft, which the requests may start, cancel, share and ask for. */
async function demoImport(address: string): Promise<string> {
  const answer = await fetch(`${address}/api/imports`, {
    method: "POST",
    body: JSON.stringify({ demo: true, target: { kind: "local" } }),
  });
  return (await answer.json()).id;
}
