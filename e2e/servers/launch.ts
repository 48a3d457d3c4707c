import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import {
  copyDataDir,
  ensureDataDir,
  FAST_SETTINGS,
  type RunningServer,
  type ServerFiles,
  type ServerSettings,
  serverFiles,
  startServer,
} from "@/lib/embedded/postgres";
import { testFolder } from "./test-folder";
import { SERVERS_FROM, type Version } from "./versions";

export function filesOf(version: Version): Promise<ServerFiles> {
  return serverFiles({ major: version, from: SERVERS_FROM, copiesDir: join(testFolder(), "copies") });
}

export interface LaunchOptions {
  settings?: ServerSettings;
  port?: number;
}

/** Starts a server on a fresh copy of its version's template, or again on a folder that exists. */
export async function launch(version: Version, dataDir: string, options: LaunchOptions = {}): Promise<RunningServer> {
  const files = await filesOf(version);
  if (!existsSync(dataDir)) await copyDataDir(await templateOf(files), dataDir);
  return startServer({ files, dataDir, port: options.port, settings: { ...FAST_SETTINGS, ...options.settings } });
}

const templates = new Map<string, Promise<string>>();

/** An initialised data folder per version and user: initdb takes half a second, a copy a tenth of it. */
function templateOf(files: ServerFiles): Promise<string> {
  const template = join(testFolder(), "templates", `${files.version}-u${process.getuid?.() ?? 0}`);
  // Two servers of a version may be wanted at once.
  const making = templates.get(template) ?? makeTemplate(template, files);
  templates.set(template, making);
  return making;
}

async function makeTemplate(template: string, files: ServerFiles): Promise<string> {
  if (!existsSync(template)) {
    const mine = `${template}.${process.pid}`;
    await ensureDataDir(files, join(mine, "data"), { sync: false });
    try {
      await rename(mine, template);
    } catch (error) {
      // Another run was first.
      await rm(mine, { recursive: true, force: true });
      if (!existsSync(template)) throw error;
    }
  }
  return join(template, "data");
}
