import { randomBytes } from "node:crypto";
import { chown, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { copyDataDir, type RunningServer, type ServerSettings } from "@/lib/embedded/postgres";
import { launch } from "./launch";
import { serverAt, type TestServer } from "./server-at";
import { ownRunFolder } from "./test-folder";
import type { Version } from "./versions";

/** A server of a test's own, which may be stopped, crashed and started again; it keeps port and data. */
export interface PrivateServer extends TestServer {
  stop(): Promise<void>;
  /** As a crash: sessions break, the next start recovers. */
  kill(): Promise<void>;
  start(): Promise<void>;
  restart(): Promise<void>;
  /** Another one that follows it as a read replica; it is stopped and started for that. */
  standby(): Promise<PrivateServer>;
  /** Stops it and removes its data. */
  remove(): Promise<void>;
}

const newDataDir = (version: Version) => join(ownRunFolder(), `${version}-${randomBytes(4).toString("hex")}`);

export async function privateServer(
  version: Version,
  { settings, dataDir = newDataDir(version) }: { settings?: ServerSettings; dataDir?: string } = {},
): Promise<PrivateServer> {
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
    standby: async () => {
      await running.stop();
      const copy = newDataDir(version);
      await copyDataDir(dataDir, copy);
      await start();
      const { host, user, password } = running.superuser;
      const following = {
        hot_standby_feedback: "on",
        primary_conninfo: `host=${host} port=${port} user=${user} password=${password}`,
      };
      const identity = await stat(dataDir);
      await writeFile(join(copy, "standby.signal"), "");
      await chown(join(copy, "standby.signal"), identity.uid, identity.gid);
      return privateServer(version, { settings: { ...settings, ...following }, dataDir: copy });
    },
    remove: async () => {
      await running.stop();
      for (const suffix of ["", ".log", ".password", ".port", ".owner"]) {
        await rm(dataDir + suffix, { recursive: true, force: true });
      }
    },
  };
}
