import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { RunningServer, ServerSettings } from "@/lib/embedded/postgres";
import { launch, testFolder } from "./launch";
import { serverAt, type TestServer } from "./server-at";
import type { Version } from "./versions";

/** A server of a test's own, which may be stopped, crashed and started again; it keeps port and data. */
export interface PrivateServer extends TestServer {
  stop(): Promise<void>;
  /** As a crash: sessions break, the next start recovers. */
  kill(): Promise<void>;
  start(): Promise<void>;
  restart(): Promise<void>;
  /** Stops it and removes its data. */
  remove(): Promise<void>;
}

export async function privateServer(
  version: Version,
  { settings }: { settings?: ServerSettings } = {},
): Promise<PrivateServer> {
  const dataDir = join(testFolder(), "runs", String(process.pid), `${version}-${randomBytes(4).toString("hex")}`);
  let running: RunningServer = await launch(version, dataDir, { settings });
  const { port } = running;
  const start = async () => {
    running = await launch(version, dataDir, { settings, port });
  };
  return {
    ...serverAt(version, running.superuser),
    stop: () => running.stop(),
    kill: () => running.kill(),
    start,
    restart: async () => {
      await running.stop();
      await start();
    },
    remove: async () => {
      await running.stop();
      for (const suffix of ["", ".log", ".password", ".port", ".owner"]) {
        await rm(dataDir + suffix, { recursive: true, force: true });
      }
    },
  };
}
