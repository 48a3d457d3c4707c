import { join } from "node:path";
import { messageOf } from "@/lib/errors/ferry-error";
import { connectionUrl } from "@/lib/postgres/connection-url";
import { seedDemo } from "./demo/seed";
import type { Home } from "./home";
import type { Secrets } from "./home-secrets";
import { keepServer } from "./kept-server";
import { DURABLE_SETTINGS, type ServerFiles, type ServerSettings, serverFiles } from "./postgres";
import { ensureDemoDatabase, ensureFilesRole, ensureOwn } from "./stack-databases";
import type { Unwind } from "./unwind";

/** It can be made again at any time, and is read more than written. */
const DEMO_SETTINGS: ServerSettings = { ...DURABLE_SETTINGS, shared_buffers: "32MB", max_connections: 100 };

export interface StackServersOptions {
  serversDir: string | null;
  secrets: Secrets;
  home: Home;
  log: (line: string) => void;
  say: (line: string) => void;
  unwind: Unwind;
}

/** The two embedded clusters: Ferry's own, and the one with the demo source and the databases made of files. */
export class StackServers {
  private files: Promise<ServerFiles> | undefined;

  constructor(private readonly options: StackServersOptions) {}

  /** Metadata and local targets. */
  async startOwn(onSpawned?: () => void): Promise<{ databaseUrl: string; localTargetUrl: string }> {
    const { secrets } = this.options;
    const superuser = await this.start("ferry", DURABLE_SETTINGS, onSpawned);
    const { metadata, importer } = await ensureOwn(superuser, secrets);
    return { databaseUrl: connectionUrl(metadata), localTargetUrl: connectionUrl(importer) };
  }

  /**
   * The ways to the demo's database, and to who makes databases of files beside it: sources live on this server. Null, and
   * said, when they cannot be prepared: the rest works without them.
   */
  async startDemo(): Promise<{ demoUrl: string; filesUrl: string } | null> {
    try {
      const { demoPassword, filesPassword } = this.options.secrets;
      const superuser = await this.start("demo", DEMO_SETTINGS);
      const shop = await ensureDemoDatabase(superuser, demoPassword);
      await seedDemo(shop);
      return { demoUrl: connectionUrl(shop), filesUrl: connectionUrl(await ensureFilesRole(superuser, filesPassword)) };
    } catch (error) {
      const { log, say, unwind } = this.options;
      log(`The demo database is not there: ${messageOf(error)}`);
      if (!unwind.signal.aborted)
        say(`The demo database could not be prepared (${messageOf(error)}). Everything else works.`);
      return null;
    }
  }

  private async start(name: string, settings: ServerSettings, onSpawned?: () => void) {
    const { serversDir, home, log, unwind } = this.options;
    const folder = serversDir as string;
    this.files ??= serverFiles({ copiesDir: join(folder, "programs") });
    const files = await this.files;
    const place = { dataDir: join(folder, name), logPath: home.log(`postgres-${name}`) };
    const server = await keepServer({ files, settings, ...place, onSpawned, signal: unwind.signal }, log);
    await unwind.add(() => server.stop());
    return server.superuser;
  }
}
