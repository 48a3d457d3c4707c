/** Where an import may land, as the first step asks for it. */
export const targetKinds = ["neon-new", "neon-branch", "local", "url"] as const;
export type TargetKind = (typeof targetKinds)[number];

export interface TargetWish {
  kind: TargetKind;
  /** The connection string of a Postgres of one's own. */
  text: string;
  projectId: string;
  projectName: string;
  regionId: string;
  pgVersion: number;
}

interface Offered {
  hasLocalTarget: boolean;
  hasNeon: boolean;
  /** From the address: `new`, or the number of a project. */
  project: string | undefined;
}

const NEWEST_VERSION = 18;

export function firstWish({ hasLocalTarget, hasNeon, project }: Offered): TargetWish {
  const plain = { text: "", projectName: "imported", regionId: "", pgVersion: NEWEST_VERSION };
  if (hasNeon && project === "new") return { ...plain, kind: "neon-new", projectId: "" };
  if (hasNeon && project) return { ...plain, kind: "neon-branch", projectId: project };
  return { ...plain, kind: hasLocalTarget ? "local" : hasNeon ? "neon-new" : "url", projectId: "" };
}

/** As the API takes it. */
export function targetInput({ kind, text, projectId, projectName, regionId, pgVersion }: TargetWish) {
  if (kind === "local") return { kind };
  if (kind === "url") return { kind, text };
  const project = kind === "neon-branch" ? { id: projectId } : { name: projectName, regionId, pgVersion };
  return { kind: "neon", project };
}
