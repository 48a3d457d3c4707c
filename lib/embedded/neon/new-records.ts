import { newBranchId, newEndpointId } from "./ids";
import type { BranchRecord, EndpointRecord } from "./records";

export interface ComputeSize {
  minCu: number;
  maxCu: number;
  suspendTimeoutSeconds: number;
}

/** A branch without data, and without a server. */
export function newBranch(
  given: Pick<BranchRecord, "roles" | "databases"> & Partial<BranchRecord> & { name?: string },
): BranchRecord {
  const now = new Date().toISOString();
  const id = newBranchId();
  return {
    id,
    parentId: null,
    isDefault: false,
    isProtected: false,
    state: "init",
    stateChangedAt: now,
    createdAt: now,
    updatedAt: now,
    expiresAt: null,
    sizeBytes: null,
    parentLsn: null,
    annotations: {},
    ...given,
    name: given.name ?? id,
  };
}

export function newEndpoint(branch: BranchRecord, port: number, size: ComputeSize): EndpointRecord {
  const now = new Date().toISOString();
  return {
    id: newEndpointId(),
    branchId: branch.id,
    port,
    ...size,
    state: "init",
    pendingState: "active",
    createdAt: now,
    updatedAt: now,
    startedAt: null,
    suspendedAt: null,
  };
}
