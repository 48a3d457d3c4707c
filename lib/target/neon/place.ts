import type { ComputeSize } from "./compute";

/** Where an import lands on Neon, as it was chosen. Nothing of it is secret. */
export interface NeonPlace {
  importId: string;
  project: { id: string } | NewProject;
  /** As it was shown beforehand. If somebody else takes it first, a number is put behind it. */
  branchName: string;
  database: string;
  role: string;
  /** How large the source is: the compute is sized for it. */
  sourceBytes: number;
  /** When the branch deletes itself, for a test run; null otherwise. */
  expiresAt: string | null;
}

export interface NewProject {
  name: string;
  regionId: string;
  pgVersion: number;
  /** Null where the API key sees one organization only. */
  orgId: string | null;
}

/**
 * What of it is there, or was asked for. What is going to be made is noted before it is asked for, so that a branch whose
 * answer was lost is known again, and one of somebody else's is never taken for it.
 */
export interface NeonMade {
  /** When the new project was asked for. */
  projectAskedAt?: string;
  projectId?: string;
  /** The name that was decided on, just before it was asked for. */
  branchName?: string;
  branchAskedAt?: string;
  branchId?: string;
  endpointId?: string;
  /** What the compute is set back to. */
  normalCompute?: ComputeSize;
  /** The parent's database of the same name, which is not wanted in this branch; null where there was none. */
  inheritedDatabaseId?: number | null;
  /** Everything is there and answers. */
  isReady?: boolean;
}

/** Keeps it through crashes. */
export interface NeonNotes {
  read(): Promise<NeonMade>;
  /** Returns all of it, as it is then. */
  write(change: NeonMade): Promise<NeonMade>;
  /** The same, but what somebody else has written is left as it is: of two calls at once the first decides. */
  decide(change: NeonMade): Promise<NeonMade>;
  /** Forgets these, since they are gone. */
  forget(names: readonly (keyof NeonMade)[]): Promise<NeonMade>;
}

/** On each branch that an import made, with the import's id: nobody else's has it. */
export const ANNOTATION = "ferry-import";
