import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import type { Stage } from "../stage";
import type { Host } from "./host";
import type { CellResult } from "./run-cell";

const LIMIT_MS = 30_000;
const LOOK_MS = 100;

/** Somebody who wants to know of imports that end. */
export interface Listener {
  environment: Record<string, string>;
  /** Import and status, as they were told. */
  told: string[];
  close(): void;
}

export async function listen(): Promise<Listener> {
  const told: string[] = [];
  const server = createServer(async (request, response) => {
    const { import: ended } = (await json(request)) as { import: { id: string; status: string } };
    told.push(`${ended.id} ${ended.status}`);
    response.end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const secret = randomBytes(16).toString("hex");
  return {
    environment: { FERRY_WEBHOOK_URL: `http://127.0.0.1:${port}/`, FERRY_WEBHOOK_SECRET: secret },
    told,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** The end is told whatever happens, at most once more for what struck, and nothing else is. */
export async function untilTold(
  { slot, importId }: Stage,
  host: Host,
  { told }: Listener,
  { cell, wrongs }: CellResult,
): Promise<void> {
  const isTold = async () => {
    const done = `select 1 from ferry_runner.run where function_id like '%notify' and status = 'completed'`;
    return told.length > 0 && (await slot.ask(`${done} and events like '%' || $1 || '%'`, [importId])).length > 0;
  };
  for (const deadline = Date.now() + LIMIT_MS; !(await isTold()); await sleep(LOOK_MS)) {
    await host.look();
    if (Date.now() < deadline) continue;
    wrongs.push(`the end was told ${told.length} times, and the engine has not heard of it`);
    return;
  }
  // One that stood still does not know that another has told it.
  const most = cell.name === "notify.posted" || cell.action === "hang" ? 2 : 1;
  if (told.length > most || told.some((one) => one !== `${importId} succeeded`)) {
    wrongs.push(`told: ${told.join(", ")}`);
  }
}
