"use server";

import { refresh } from "next/cache";
import { attempt, type Outcome } from "@/app/_server/outcome";
import { forgetNeonKey, neonKeySchema, saveNeonKey } from "@/lib/imports/neon/account";
import {
  branchSchema,
  connectionStringsSchema,
  deleteBranchSchema,
  deleteNeonBranch,
  type NeonConnectionStrings,
  neonConnectionStrings,
  renameBranchSchema,
  renameNeonBranch,
  setDefaultNeonBranch,
} from "@/lib/imports/neon/branches";
import { listNeonProjects, listNeonRegions, neonVersions, nextNeonBranchName } from "@/lib/imports/neon/projects";

export async function saveKey(key: string): Promise<Outcome> {
  return changing(() => saveNeonKey(neonKeySchema.parse({ key })));
}

export async function forgetKey(): Promise<Outcome> {
  return changing(() => forgetNeonKey());
}

/** The one way in which a branch's password reaches a browser: somebody asked to copy it. */
export async function connectionStrings(projectId: string, branchId: string): Promise<Outcome<NeonConnectionStrings>> {
  return attempt(() => neonConnectionStrings(connectionStringsSchema.parse({ projectId, branchId })));
}

export async function setDefault(projectId: string, branchId: string): Promise<Outcome> {
  return changing(() => setDefaultNeonBranch(branchSchema.parse({ projectId, branchId })));
}

export async function rename(projectId: string, branchId: string, name: string): Promise<Outcome> {
  return changing(() => renameNeonBranch(renameBranchSchema.parse({ projectId, branchId, name })));
}

export async function remove(projectId: string, branchId: string, typedName: string): Promise<Outcome> {
  return changing(() => deleteNeonBranch(deleteBranchSchema.parse({ projectId, branchId, typedName })));
}

export interface ProjectChoices {
  projects: { id: string; name: string }[];
  regions: { id: string; name: string }[];
  versions: number[];
}

/** What there is to choose from where an import may land: asked for when somebody chooses Neon. */
export async function projectChoices(): Promise<Outcome<ProjectChoices>> {
  return attempt(async () => {
    const [projects, regions, versions] = await Promise.all([listNeonProjects(), listNeonRegions(), neonVersions()]);
    return {
      projects: projects.map(({ id, name }) => ({ id, name })),
      regions: regions.map(({ id, name }) => ({ id, name })),
      versions,
    };
  });
}

export async function branchName(projectId: string | null): Promise<Outcome<{ name: string }>> {
  return attempt(() => nextNeonBranchName(projectId === null ? {} : { projectId }));
}

async function changing(verb: () => Promise<unknown>): Promise<Outcome> {
  const outcome = await attempt(async () => {
    await verb();
    return null;
  });
  refresh();
  return outcome;
}
