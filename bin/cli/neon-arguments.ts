import type { Values } from "./arguments";
import { UsageError } from "./usage-error";

/** Where on Neon: in a project that is there, or in a new one. An API key is in the environment, where no list of processes shows it. */
export interface NeonWish {
  kind: "neon";
  project: { id: string } | { name: string; regionId: string; pgVersion: number; orgId: string | null };
}

/** Flags that only an import into Neon has. */
const NEON_ONLY = new Set([
  "neon-project",
  "neon-new-project",
  "neon-organization",
  "region",
  "pg-version",
  "test-run",
]);

/** Null where the target is no project of Neon. Pure. */
export function readNeonWish(values: Values): NeonWish | null {
  const id = values["neon-project"];
  const name = values["neon-new-project"];
  const given = Object.keys(values).find((key) => NEON_ONLY.has(key));
  if (id === undefined && name === undefined) {
    if (given) throw new UsageError(`--${given} goes with --neon-project or --neon-new-project.`);
    return null;
  }
  if (values.target) throw new UsageError("--target and a project of Neon exclude each other.");
  if (id !== undefined && name !== undefined)
    throw new UsageError("--neon-project and --neon-new-project exclude each other.");
  if (id !== undefined) {
    const foreign = (["region", "pg-version", "neon-organization"] as const).find((flag) => values[flag] !== undefined);
    if (foreign) throw new UsageError(`--${foreign} is for a new project; this one has its own.`);
    if (!/^[a-z0-9-]{1,60}$/.test(id))
      throw new UsageError("--neon-project takes the id of a project, such as shiny-wind-028834.");
    return { kind: "neon", project: { id } };
  }
  if (!name) throw new UsageError("--neon-new-project names nothing.");
  if (!values.region)
    throw new UsageError("--region is missing: where the new project is to be, such as aws-eu-central-1.");
  const pgVersion = Number(values["pg-version"]);
  if (!Number.isInteger(pgVersion))
    throw new UsageError("--pg-version is missing: the new project's Postgres, 14 to 18.");
  return {
    kind: "neon",
    project: { name, regionId: values.region, pgVersion, orgId: values["neon-organization"] ?? null },
  };
}

/** Whether it is about projects that only a Ferry on this machine knows how to reach. */
export const needsFerry = (target: string | NeonWish | null): boolean =>
  target !== null && typeof target === "object" && !process.env.NEON_API_KEY;
