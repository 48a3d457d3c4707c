import { FerryError } from "@/lib/errors/ferry-error";
import { isConnectionLost } from "@/lib/postgres/sqlstate";
import { readCatalogue } from "./branch-catalogue";
import type { Desk } from "./call";
import { type BranchRecord, isLocked, type ProjectRecord } from "./records";

/**
 * Brings a branch's record up to what is in its server, where people also make databases and roles by SQL. A branch
 * that sleeps, is being worked on, or whose server is just starting again, is shown as it was.
 */
export async function syncCatalogue(desk: Desk, project: ProjectRecord, branch: BranchRecord): Promise<void> {
  const superuser = isLocked(project) || branch.state !== "ready" ? null : await desk.servers.superuser(branch.id);
  if (!superuser) return;
  const found = await readCatalogue(superuser).catch((error) => {
    if (isUnreachable(error)) return null;
    throw error;
  });
  if (!found) return;
  // Something may have begun while the server was asked; it knows better.
  if (isLocked(project)) return;
  const now = new Date().toISOString();
  const times = { createdAt: now, updatedAt: now };
  branch.sizeBytes = found.databases.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  branch.databases = found.databases.map(({ name, owner }) => {
    const known = branch.databases.find((database) => database.name === name);
    return known ? { ...known, owner } : { id: desk.store.nextDatabaseId(), name, owner, ...times };
  });
  branch.roles = found.roles.map(({ name, canLogin }) => {
    const known = branch.roles.find((role) => role.name === name);
    return known ?? { name, password: null, noLogin: !canLogin, ...times };
  });
}

const isUnreachable = (error: unknown) =>
  isConnectionLost(error) || (error instanceof FerryError && error.code.startsWith("connect."));
