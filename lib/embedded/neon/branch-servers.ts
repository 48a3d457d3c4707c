import { existsSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { type KeptServer, keepServer } from "../kept-server";
import {
  copyRunningDataDir,
  endLeftBehind,
  ensureDataDir,
  makeFolder,
  rememberPort,
  type ServerFiles,
  type ServerSettings,
} from "../postgres";
import { withNeonExtensions } from "./extensions";
import type { BranchRecord, ProjectRecord } from "./records";

/** The Postgres versions that are offered, and where the programs of each are. */
export type ServerVersions = Readonly<Partial<Record<number, () => Promise<ServerFiles>>>>;

export interface BranchServersOptions {
  folder: string;
  servers: ServerVersions;
  settings: ServerSettings;
  /** How much a branch may hold, as Neon's servers say it themselves. */
  sizeLimitMb: () => number | undefined;
  log: (line: string) => void;
}

/** A branch is a data folder, and, while its compute is active, a server of its own. */
export class BranchServers {
  private readonly running = new Map<string, Promise<KeptServer>>();
  private readonly prepared = new Map<number, Promise<ServerFiles>>();
  private readonly end = new AbortController();

  constructor(private readonly options: BranchServersOptions) {}

  async makeData(project: ProjectRecord, branch: BranchRecord): Promise<void> {
    const files = await this.files(project.pgVersion);
    const sync = this.options.settings.fsync !== "off";
    await ensureDataDir(files, this.dataDir(project.id, branch.id), { sync, signal: this.end.signal });
  }

  /** Takes the parent's data as it is now, and says where in the parent's log that is. */
  async copyData(project: ProjectRecord, parent: BranchRecord, branch: BranchRecord): Promise<string | null> {
    const to = this.dataDir(project.id, branch.id);
    if (existsSync(to)) return null;
    const dataDir = this.dataDir(project.id, parent.id);
    return this.withServer(project, parent, async (superuser) => {
      return (await copyRunningDataDir({ dataDir, superuser }, to)).lsn;
    });
  }

  /** The way in as superuser; null while the branch has no server. That one does not start is told who started it. */
  async superuser(branchId: string): Promise<ConnectionSpec | null> {
    const server = await this.running.get(branchId)?.catch(() => null);
    return server?.superuser ?? null;
  }

  start(project: ProjectRecord, branch: BranchRecord): Promise<KeptServer> {
    const starting = this.running.get(branch.id) ?? this.launch(project, branch);
    this.running.set(branch.id, starting);
    starting.catch(() => this.running.delete(branch.id));
    return starting;
  }

  async stop(branchId: string): Promise<void> {
    const server = await this.running.get(branchId)?.catch(() => null);
    await server?.stop();
    this.running.delete(branchId);
  }

  /** For work on a branch whose compute may be asleep: it is woken for it. */
  async withServer<T>(
    project: ProjectRecord,
    branch: BranchRecord,
    work: (superuser: ConnectionSpec) => Promise<T>,
  ): Promise<T> {
    const wasRunning = this.running.has(branch.id);
    const server = await this.start(project, branch);
    try {
      return await work(server.superuser);
    } finally {
      if (!wasRunning) await this.stop(branch.id);
    }
  }

  async remove(projectId: string, branchId: string): Promise<void> {
    await this.stop(branchId);
    await removeData(this.dataDir(projectId, branchId));
  }

  async removeProject(projectId: string): Promise<void> {
    await rm(join(this.options.folder, "projects", projectId), { recursive: true, force: true, maxRetries: 5 });
  }

  /** Takes away what no record names: a process may have died between the record's end and that of the data. */
  async sweep(projects: () => readonly ProjectRecord[]): Promise<void> {
    const root = join(this.options.folder, "projects");
    makeFolder(root);
    for (const projectId of await readdir(root)) {
      const project = () => projects().find(({ id }) => id === projectId);
      for (const name of await readdir(join(root, projectId))) {
        const branchId = name.split(".")[0] as string;
        if (!project()?.branches.some(({ id }) => id === branchId)) await removeData(join(root, projectId, branchId));
      }
      if (!project()) await this.removeProject(projectId);
    }
  }

  async stopAll(): Promise<void> {
    this.end.abort();
    await Promise.all([...this.running.keys()].map((branchId) => this.stop(branchId)));
  }

  private async launch(project: ProjectRecord, branch: BranchRecord): Promise<KeptServer> {
    const files = await this.files(project.pgVersion);
    const endpoint = project.endpoints.find(({ branchId }) => branchId === branch.id);
    const limit = this.options.sizeLimitMb();
    const sized = {
      ...this.options.settings,
      // A compute unit has 4 GB; what is alike is that a larger compute has more.
      shared_buffers: `${32 * Math.max(1, Math.min(8, Math.round(endpoint?.maxCu ?? 1)))}MB`,
      ...(limit === undefined ? {} : { "neon.max_cluster_size": limit }),
    };
    const dataDir = this.dataDir(project.id, branch.id);
    if (!existsSync(dataDir)) throw new Error(`branch ${branch.id} has no data`);
    if (endpoint) await rememberPort(`${dataDir}.port`, endpoint.port);
    return keepServer({ files, dataDir, settings: sized, signal: this.end.signal }, this.options.log);
  }

  private files(major: number): Promise<ServerFiles> {
    const { folder, servers } = this.options;
    const prepare = async () => {
      const files = await servers[major]?.();
      if (!files) throw new Error(`there is no Postgres ${major} here`);
      return withNeonExtensions(files, folder);
    };
    const preparing = this.prepared.get(major) ?? prepare();
    this.prepared.set(major, preparing);
    preparing.catch(() => this.prepared.delete(major));
    return preparing;
  }

  private dataDir(projectId: string, branchId: string): string {
    return join(this.options.folder, "projects", projectId, branchId);
  }
}

async function removeData(dataDir: string): Promise<void> {
  await endLeftBehind(dataDir);
  for (const suffix of ["", ".unfinished", ".log", ".password", ".port", ".owner", ".unfinished.password"]) {
    await rm(dataDir + suffix, { recursive: true, force: true, maxRetries: 5 });
  }
}
