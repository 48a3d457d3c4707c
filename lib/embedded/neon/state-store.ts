import { open, rename } from "node:fs/promises";
import { join } from "node:path";
import { readPrivateJson } from "../private-json";
import { newApiKey, newOrganizationId, newUserId } from "./ids";
import { type ProjectRecord, type State, stateSchema } from "./records";

/** More are forgotten, oldest first. */
const OPERATIONS_KEPT = 200;

/** The state in memory, and its file: complete as of one moment or another, whenever the process dies. */
export class StateStore {
  private writing: Promise<void> = Promise.resolve();
  private queued: Promise<void> | null = null;

  private constructor(
    private readonly path: string,
    readonly state: State,
  ) {}

  static async open(folder: string): Promise<StateStore> {
    const path = join(folder, "state.json");
    const kept = await readPrivateJson(path, stateSchema);
    const store = new StateStore(path, kept ?? newState());
    if (!kept) await store.save();
    return store;
  }

  /** Returns when all that was changed before the call is on the disk. */
  save(): Promise<void> {
    // Who comes while a write is under way shares the next one.
    const next = () => {
      this.queued = null;
      this.writing = this.write();
      return this.writing;
    };
    // A write that failed was told to those who waited for it; the next one has all of it again.
    this.queued ??= this.writing.then(next, next);
    return this.queued;
  }

  project(id: string): ProjectRecord | undefined {
    return this.state.projects.find((project) => project.id === id);
  }

  nextDatabaseId(): number {
    return this.state.nextDatabaseId++;
  }

  private async write(): Promise<void> {
    for (const project of this.state.projects)
      project.operations.splice(0, project.operations.length - OPERATIONS_KEPT);
    const unfinished = `${this.path}.unfinished`;
    const file = await open(unfinished, "w", 0o600);
    try {
      await file.writeFile(`${JSON.stringify(this.state, null, 1)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, this.path);
  }
}

const newState = (): State => ({
  apiKey: newApiKey(),
  userId: newUserId(),
  organizationId: newOrganizationId(),
  createdAt: new Date().toISOString(),
  nextDatabaseId: 1,
  projects: [],
});
