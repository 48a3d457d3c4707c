import type { TestStandIn } from "@/e2e/neon/test-stand-in";
import { type NeonAccess, NeonApi } from "@/lib/target/neon/api";
import { listBranches, listOrganizations, type OwnedBranch, setDefaultBranch } from "@/lib/target/neon/calls";
import { rootOf } from "@/lib/target/neon/make-branch";
import { deleteProject, ensureProject } from "@/lib/target/neon/make-project";
import { settleBranch } from "@/lib/target/neon/operations";
import type { NeonMade, NeonNotes, NeonPlace, NewProject } from "@/lib/target/neon/place";

/** The machine that tests run on may be busy, or stand still for minutes. */
export const PATIENCE_MS = 900_000;

/** Neon itself where a key is in the environment, and the stand-in otherwise: the same client and the same code. */
export interface NeonTestAccount {
  access: NeonAccess;
  api(): NeonApi;
  newProject(name: string): Promise<NewProject>;
  /** Makes a project to import into, and says how to take it away. */
  makeProject(name: string): Promise<string>;
  makeRootDefault(projectId: string): Promise<void>;
  branches(projectId: string): Promise<OwnedBranch[]>;
  removeProject(projectId: string): Promise<void>;
}

export const standInAccess = ({ apiKey, baseUrl }: TestStandIn): NeonAccess => ({ key: apiKey, url: baseUrl });

export function neonTestAccount(access: NeonAccess, regionId: string, pgVersion: number): NeonTestAccount {
  const api = () => new NeonApi(access, Date.now() + PATIENCE_MS);
  const newProject = async (name: string): Promise<NewProject> => {
    const [organization] = await listOrganizations(api());
    return { name, regionId, pgVersion, orgId: organization?.id ?? null };
  };
  return {
    access,
    api,
    newProject,
    makeProject: async (name) => {
      const { id } = await ensureProject(api(), placeOf(`01J${name}`, await newProject(name)), keptNotes());
      const [root] = await listBranches(api(), id);
      if (root) await settleBranch(api(), id, root.id);
      return id;
    },
    makeRootDefault: async (projectId) => {
      const root = rootOf(await listBranches(api(), projectId));
      if (root) await setDefaultBranch(api(), projectId, root.id);
    },
    branches: (projectId) => listBranches(api(), projectId),
    removeProject: (projectId) => deleteProject(api(), projectId),
  };
}

export const placeOf = (importId: string, project: NeonPlace["project"], more: Partial<NeonPlace> = {}): NeonPlace => ({
  ...{ importId, project, branchName: "import-2026-11-21T12-00", database: "shop", role: "shop_owner" },
  ...{ sourceBytes: 1_000_000, expiresAt: null },
  ...more,
});

/** Notes that outlive a crash, as those in the metadata database do. */
export function keptNotes(made: NeonMade = {}): NeonNotes {
  let kept = made;
  const keep = async (next: NeonMade) => {
    // Through JSON, as in the database.
    kept = JSON.parse(JSON.stringify(next));
    return kept;
  };
  return {
    read: async () => kept,
    write: (change) => keep({ ...kept, ...change }),
    decide: (change) => keep({ ...change, ...kept }),
    forget: (names) =>
      keep(Object.fromEntries(Object.entries(kept).filter(([name]) => !names.includes(name as never)))),
  };
}
