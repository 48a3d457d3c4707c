import { eq } from "drizzle-orm";
import { database } from "@/lib/db/client";
import { imports } from "@/lib/db/schema";
import { type ConnectionSpec, publicAddress } from "@/lib/postgres/connection-spec";
import { loadImport } from "../record";
import { notesOf } from "./notes";

/** The branch is there: from now on the import shows its own address, and not that of the region. */
export async function noteNeonBranch(importId: string, spec: ConnectionSpec): Promise<void> {
  const { target } = await loadImport(importId);
  const { projectId = null, branchId = null, branchName } = await notesOf(importId).read();
  const before = target.neon ?? { projectId: null, project: "", branchId: null, branch: "" };
  const neon = {
    ...before,
    branchId,
    projectId: projectId ?? before.projectId,
    branch: branchName ?? before.branch,
  };
  await database()
    .update(imports)
    .set({ target: { ...target, ...publicAddress(spec), neon } })
    .where(eq(imports.id, importId));
}
