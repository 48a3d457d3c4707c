import type { Endpoint, Project } from "./answers";

/** Limits between which a compute sizes itself, in Neon's units of a processor and 4 GB. */
export interface ComputeSize {
  minCu: number;
  maxCu: number;
}

const PLAIN: ComputeSize = { minCu: 0.25, maxCu: 2 };
const LARGE_BYTES = 10 * 1024 ** 3;

/** What computes of this project have when nobody asks for another size. Pure. */
export function normalCompute(project: Pick<Project, "default_endpoint_settings">): ComputeSize {
  const settings = project.default_endpoint_settings;
  const minCu = settings?.autoscaling_limit_min_cu ?? PLAIN.minCu;
  return { minCu, maxCu: Math.max(minCu, settings?.autoscaling_limit_max_cu ?? PLAIN.maxCu) };
}

/**
 * For the import: never smaller than what the project has anyhow, and large enough for lanes and index builds at once.
 * What is more than the plan allows Neon refuses, and the branch is made with the project's own. Pure.
 */
export function importCompute(normal: ComputeSize, sourceBytes: number): ComputeSize {
  const wished = sourceBytes >= LARGE_BYTES ? { minCu: 2, maxCu: 8 } : { minCu: 1, maxCu: 4 };
  return { minCu: Math.max(normal.minCu, wished.minCu), maxCu: Math.max(normal.maxCu, wished.maxCu) };
}

export const sizeOf = (endpoint: Endpoint): ComputeSize => ({
  minCu: endpoint.autoscaling_limit_min_cu,
  maxCu: endpoint.autoscaling_limit_max_cu,
});

export const isSameSize = (one: ComputeSize, other: ComputeSize): boolean =>
  one.minCu === other.minCu && one.maxCu === other.maxCu;

/** In the API's words. */
export const limitsOf = ({ minCu, maxCu }: ComputeSize) => ({
  autoscaling_limit_min_cu: minCu,
  autoscaling_limit_max_cu: maxCu,
});
