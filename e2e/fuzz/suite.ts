import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { seeded, seedOf } from "@/e2e/faults/random";
import { foundIn } from "@/e2e/imports/markers";
import { drawRequest, type FuzzGround } from "./draw-request";
import { sendRequest } from "./send-request";

export interface FuzzOptions {
  address: string;
  seed: number;
  requests: number;
  ground: FuzzGround;
  /** None of these may be told to anybody. */
  secrets: Record<string, string>;
  /** How much memory the web process has, in bytes. */
  memory: () => number;
  say?: (line: string) => void;
}

export interface FuzzResult {
  statuses: Record<number, number>;
  /** Requests that were answered as they may not be, by their numbers. */
  failures: string[];
  /** After the first fifth, in which everything is loaded, and at the end. */
  memory: { warm: number; end: number };
}

const AT_ONCE = 6;

/** Asks for random things; the nth request of a seed is the same each time. */
export async function runFuzz({
  address,
  seed,
  requests,
  ground,
  secrets,
  memory,
  say,
}: FuzzOptions): Promise<FuzzResult> {
  const statuses: Record<number, number> = {};
  const failures: string[] = [];
  let next = 0;
  let warm = 0;
  const work = async () => {
    while (next < requests) {
      const number = next++;
      if (number === Math.floor(requests / 5)) warm = memory();
      if (number > 0 && number % 1_000 === 0) say?.(`${number} requests, ${Math.round(memory() / 2 ** 20)} MiB`);
      const drawn = drawRequest(seeded(seedOf(seed, number)), ground);
      const answer = await sendRequest(address, drawn);
      statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
      const leaks = foundIn({ [`answer ${number}`]: answer.text }, secrets);
      const isWrong = answer.status >= 500 || answer.isLong || leaks.length > 0;
      if (!isWrong) continue;
      const what = `${number}: ${drawn.method} ${drawn.path.slice(0, 200)} ${JSON.stringify(drawn.headers).slice(0, 400)}`;
      failures.push([what, drawn.body?.slice(0, 400), answer.status, answer.text.slice(-600), ...leaks].join("\n  "));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { statuses, failures, memory: { warm, end: memory() } };
}

/** Routes and actions from the build itself, so that none is forgotten. */
export async function groundOf(projectDir: string, ids: readonly string[]): Promise<FuzzGround> {
  const read = async (name: string) => JSON.parse(await readFile(join(projectDir, ".next", name), "utf8"));
  const routes = Object.values<string>(await read("app-path-routes-manifest.json"));
  const { node = {} } = await read("server/server-reference-manifest.json");
  return { routes: [...new Set(routes)], actions: Object.keys(node), ids };
}
