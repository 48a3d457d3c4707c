import * as z from "zod";

/** Where an import may land, as the fourth step asks for it. */
export const targetKinds = ["neon-new", "neon-branch", "local", "url"] as const;
export type TargetKind = (typeof targetKinds)[number];

const wishSchema = z.object({
  kind: z.enum(targetKinds),
  projectId: z.string(),
  projectName: z.string(),
  regionId: z.string(),
  pgVersion: z.number(),
});

/** Without the connection string of a Postgres of one's own, which is kept by itself. */
export type TargetWish = z.infer<typeof wishSchema>;

/** What there is to choose from on Neon. */
export interface NeonChoices {
  projects: { id: string; name: string }[];
  regions: { id: string; name: string }[];
  versions: number[];
}

export interface Offered {
  hasLocalTarget: boolean;
  /** Null where there is no account, or Neon does not answer. */
  neon: NeonChoices | null;
  /** From the address: `new`, or the number of a project. */
  project: string | undefined;
}

const NEWEST_VERSION = 18;

export function kindsOf({ hasLocalTarget, neon }: Offered): TargetKind[] {
  return targetKinds.filter((kind) => (kind === "local" ? hasLocalTarget : kind === "url" || neon !== null));
}

export function firstWish(offered: Offered): TargetWish {
  const { hasLocalTarget, neon, project } = offered;
  const known = neon?.projects.find(({ id }) => id === project) ?? neon?.projects[0];
  const plain = {
    projectId: known?.id ?? "",
    projectName: "imported",
    regionId: neon?.regions[0]?.id ?? "",
    pgVersion: neon?.versions[0] ?? NEWEST_VERSION,
  };
  if (neon && project === "new") return { ...plain, kind: "neon-new" };
  if (neon && project) return { ...plain, kind: "neon-branch" };
  return { ...plain, kind: hasLocalTarget ? "local" : neon ? "neon-new" : "url" };
}

/** What this tab has kept, where it can still be had; else what one begins with. */
export function readWish(kept: unknown, offered: Offered): TargetWish | null {
  const wish = wishSchema.safeParse(kept).data;
  if (!wish || !kindsOf(offered).includes(wish.kind)) return null;
  const { neon } = offered;
  const first = firstWish(offered);
  const isProject = neon?.projects.some(({ id }) => id === wish.projectId) ?? false;
  const isRegion = neon?.regions.some(({ id }) => id === wish.regionId) ?? false;
  return {
    ...wish,
    projectId: isProject ? wish.projectId : first.projectId,
    regionId: isRegion ? wish.regionId : first.regionId,
    pgVersion: neon?.versions.includes(wish.pgVersion) ? wish.pgVersion : first.pgVersion,
  };
}

/** As the API takes it. */
export function targetInput({ kind, projectId, projectName, regionId, pgVersion }: TargetWish, text: string) {
  if (kind === "local") return { kind };
  if (kind === "url") return { kind, text };
  const project = kind === "neon-branch" ? { id: projectId } : { name: projectName, regionId, pgVersion };
  return { kind: "neon", project };
}
