import { readdir, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { makeFolder, type RunningServer } from "@/lib/embedded/postgres";
import { messageOf } from "@/lib/errors/ferry-error";
import { launch } from "./launch";
import { runsFolder } from "./test-folder";
import { VERSIONS } from "./versions";

declare module "vitest" {
  interface ProvidedContext {
    testServersUrl: string;
  }
}

/**
 * Servers belong to the process of the whole run, since each test file has a process of its own. Files ask for one at
 * a loopback address, and share it with those that run before and after them, not with those that run beside them:
 * what others write there would be seen. At the end all are stopped and their data is removed.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const runs = runsFolder();
  const run = join(runs, String(process.pid));
  makeFolder(run);
  await removeDeadRuns(runs);
  const servers = new Map<string, Promise<RunningServer>>();

  const desk = createServer(async (request, response) => {
    try {
      const { url = "" } = request;
      const [, lane, number] = /^\/(\d+)\/(\d+)$/.exec(url) ?? [];
      const version = VERSIONS.find((known) => String(known) === number);
      if (!lane || !version) throw new Error(`there is no server at ${url}`);
      const starting = servers.get(url) ?? launch(version, join(run, `${version}-${lane}`));
      servers.set(url, starting);
      response.end(JSON.stringify((await starting).superuser));
    } catch (error) {
      response.writeHead(500).end(messageOf(error));
    }
  });
  await new Promise<void>((resolve) => desk.listen(0, "127.0.0.1", resolve));
  project.provide("testServersUrl", `http://127.0.0.1:${(desk.address() as AddressInfo).port}`);

  return async () => {
    desk.closeAllConnections();
    desk.close();
    const started = await Promise.allSettled(servers.values());
    for (const server of started) if (server.status === "fulfilled") await server.value.kill();
    await rm(run, { recursive: true, force: true });
    await removeDeadRuns(runs);
  };
}

/** What killed runs, and the workers of this one, left on the disk. */
async function removeDeadRuns(runs: string): Promise<void> {
  for (const name of await readdir(runs)) {
    if (!isRunning(Number(name))) await rm(join(runs, name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
