import { rm } from "node:fs/promises";
import { join } from "node:path";
import { messageOf } from "@/lib/errors/ferry-error";
import { connectionUrl } from "@/lib/postgres/connection-url";
import { seedDemo } from "./demo/seed";
import type { Home } from "./home";
import type { Secrets } from "./home-secrets";
import { keepServer } from "./kept-server";
import {
  DURABLE_SETTINGS,
  packageDir,
  type ServerFiles,
  type ServerSettings,
  serverFiles,
  serverPackage,
} from "./postgres";
import { ensureDemoDatabase, ensureFilesRole, ensureOwn } from "./stack-databases";
import type { Unwind } from "./unwind";

/** Nothing is imported into an older version than its source's, and most projects of Neon are of this one. */
const SOURCES_MAJOR = 17;
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

interface ServerToStart {
  folder: string;
  settings: ServerSettings;
  /** Without one, the version that Ferry's own database has. */
  major?: number;
  onSpawned?: () => void;
}

/** The two embedded clusters: Ferry's own, and the one with the demo source and the databases made of files. */
export class StackServers {
  private readonly files = new Map<number | undefined, Promise<ServerFiles>>();

  constructor(private readonly options: StackServersOptions) {}

  /** Metadata and local targets. */
  async startOwn(onSpawned?: () => void): Promise<{ databaseUrl: string; localTargetUrl: string }> {
    const { secrets } = this.options;
    const superuser = await this.start({ folder: "ferry", settings: DURABLE_SETTINGS, onSpawned });
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
      // Of a Ferry from before it had a version of its own.
      await rm(join(this.options.serversDir as string, "demo"), { recursive: true, force: true });
      const major = packageDir(serverPackage(SOURCES_MAJOR)) === null ? undefined : SOURCES_MAJOR;
      const superuser = await this.start({ folder: `demo-${major ?? "own"}`, settings: DEMO_SETTINGS, major });
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

  private async start({ folder, settings, major, onSpawned }: ServerToStart) {
    const { serversDir, home, log, unwind } = this.options;
    const place = { dataDir: join(serversDir as string, folder), logPath: home.log(`postgres-${folder}`) };
    const files = await this.filesOf(major);
    const server = await keepServer({ files, settings, ...place, onSpawned, signal: unwind.signal }, log);
    await unwind.add(() => server.stop());
    return server.superuser;
  }

  private filesOf(major: number | undefined): Promise<ServerFiles> {
    const copiesDir = join(this.options.serversDir as string, "programs");
    const files = this.files.get(major) ?? serverFiles({ major, copiesDir });
    this.files.set(major, files);
    return files;
  }
}
