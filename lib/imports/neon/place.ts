import * as z from "zod";
import { database } from "@/lib/db/client";
import { checkKey, getProject, listBranches } from "@/lib/target/neon/calls";
import { hostOfRegion } from "@/lib/target/neon/describe-neon";
import { versionUnknown } from "@/lib/target/neon/make-project";
import { databaseNameOf, importBranchName, ownerNameOf } from "@/lib/target/neon/names";
import { neonTarget } from "@/lib/target/neon/neon";
import type { Target } from "@/lib/target/target";
import { type EndpointRecord, loadImport } from "../record";
import { accountOf, apiOf, keepOwnKey, type NeonAccount, OWN, openImportsAccount } from "./account";
import { loadNeonTarget, noNotes, notesOf, type StoredPlace } from "./notes";

/** How long the branch of a test run stays if nothing deletes it before. */
const TEST_RUN_HOURS = 24;
const PORT = 5432;

const id = z.string().regex(/^[a-z0-9-]{1,60}$/);

/** What somebody chooses: a project that is there, or a new one. */
export const neonChoiceSchema = z.object({
  kind: z.literal("neon"),
  project: z.union([
    z.object({ id }),
    z.object({
      name: z.string().trim().min(1).max(256),
      regionId: z.string().min(1).max(60),
      pgVersion: z.number().int(),
      orgId: id.nullable().default(null),
    }),
  ]),
});

export type NeonChoice = z.infer<typeof neonChoiceSchema>;

export interface NeonEnd {
  account: NeonAccount;
  place: StoredPlace;
  target: Target;
  address: Omit<EndpointRecord, "version">;
}

/** Where an import would land, with the names that things will have; makes nothing. */
export async function readNeonEnd(
  account: NeonAccount,
  { project }: NeonChoice,
  importId: string,
  sourceDatabase: string,
): Promise<NeonEnd> {
  if ("name" in project && !account.versions.includes(project.pgVersion)) {
    throw versionUnknown(project.pgVersion, account.versions);
  }
  const api = apiOf(account);
  const found = "id" in project ? await getProject(api, project.id) : null;
  const taken = "id" in project ? (await listBranches(api, project.id)).map(({ name }) => name) : [];
  const database = databaseNameOf(sourceDatabase);
  const role = ownerNameOf(database);
  const branchName = importBranchName(new Date(), new Set(taken));
  const place: StoredPlace = { project, branchName, database, role, sourceBytes: 0 };
  const regionId = found?.region_id ?? ("name" in project ? project.regionId : "");
  const name = found?.name ?? ("name" in project ? project.name : "");
  return {
    account,
    place,
    target: neonTarget({ access: account.access, notes: noNotes(), place: { ...place, importId, expiresAt: null } }),
    address: {
      ...{ kind: "neon", host: hostOfRegion(regionId), port: PORT, database, user: role },
      neon: { projectId: found?.id ?? null, project: name, branchId: null, branch: branchName },
    },
  };
}

/** Another key for an import that came with one; of others nothing changes. */
export async function replaceOwnKey(importId: string, key: string): Promise<void> {
  const { target } = await loadImport(importId);
  if (target.kind !== "neon" || (await loadNeonTarget(importId)).owner !== OWN) return;
  await checkKey(apiOf(accountOf(key)));
  await keepOwnKey(database(), importId, key);
}

/** The place of an import that there is. */
export async function neonTargetOf(importId: string, testRun: boolean): Promise<Target> {
  const { owner, place } = await loadNeonTarget(importId);
  const { access } = await openImportsAccount(owner, importId);
  const expiresAt = testRun ? expiry(new Date()) : null;
  return neonTarget({ access, notes: notesOf(importId), place: { ...place, importId, expiresAt } });
}

/** To the second, as Neon takes it. */
function expiry(from: Date): string {
  const at = new Date(from.getTime() + TEST_RUN_HOURS * 3_600_000);
  return at.toISOString().replace(/\.\d+Z$/, "Z");
}
