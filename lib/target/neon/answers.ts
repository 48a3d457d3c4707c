import * as z from "zod";

/** The parts of Neon's answers that Ferry goes by. What else there is does not matter. */
export const operationShape = z.object({
  id: z.string(),
  branch_id: z.string().optional(),
  action: z.string(),
  status: z.string(),
  error: z.string().optional(),
  created_at: z.string(),
});
export type Operation = z.infer<typeof operationShape>;

export const operationsShape = z.object({ operations: z.array(operationShape) });

export const branchShape = z.object({
  id: z.string(),
  name: z.string(),
  parent_id: z.string().optional(),
  current_state: z.string(),
  default: z.boolean(),
  protected: z.boolean(),
  logical_size: z.number().optional(),
  created_at: z.string(),
  expires_at: z.string().nullish(),
});
export type Branch = z.infer<typeof branchShape>;

export const branchesShape = z.object({
  branches: z.array(branchShape),
  annotations: z.record(z.string(), z.object({ value: z.record(z.string(), z.string()) })).default({}),
  pagination: z.object({ next: z.string().optional() }).optional(),
});

export const branchAndOperationsShape = z.object({
  branch: branchShape,
  operations: z.array(operationShape).default([]),
});

const computeShape = {
  autoscaling_limit_min_cu: z.number(),
  autoscaling_limit_max_cu: z.number(),
};

export const projectShape = z.object({
  id: z.string(),
  name: z.string(),
  region_id: z.string(),
  pg_version: z.number(),
  org_id: z.string().optional(),
  created_at: z.string(),
  branch_logical_size_limit_bytes: z.number().optional(),
  default_endpoint_settings: z.object(computeShape).partial().optional(),
  owner: z.object({ branches_limit: z.number(), subscription_type: z.string() }).optional(),
});
export type Project = z.infer<typeof projectShape>;

export const projectsShape = z.object({
  projects: z.array(projectShape),
  pagination: z.object({ cursor: z.string() }).optional(),
});

export const madeProjectShape = z.object({
  project: projectShape,
  operations: z.array(operationShape).default([]),
});

export const endpointShape = z.object({
  id: z.string(),
  branch_id: z.string(),
  host: z.string(),
  type: z.string(),
  current_state: z.string(),
  ...computeShape,
});
export type Endpoint = z.infer<typeof endpointShape>;
export const endpointsShape = z.object({ endpoints: z.array(endpointShape) });

export const databaseShape = z.object({ id: z.number(), name: z.string(), owner_name: z.string() });
export type Database = z.infer<typeof databaseShape>;
export const databasesShape = z.object({ databases: z.array(databaseShape) });

export const rolesShape = z.object({ roles: z.array(z.object({ name: z.string() })) });
export const roleWithPasswordShape = z.object({
  role: z.object({ password: z.string() }),
  operations: z.array(operationShape).default([]),
});

export const uriShape = z.object({ uri: z.string() });
export const passwordShape = z.object({ password: z.string() });

export const organizationsShape = z.object({
  organizations: z.array(z.object({ id: z.string(), name: z.string(), plan: z.string() })),
});
export const regionsShape = z.object({
  regions: z.array(z.object({ region_id: z.string(), name: z.string(), default: z.boolean() })),
});

/** Of changes of which only the operations matter. A thing that was gone already has no body at all. */
export const changedShape = z.preprocess(
  (body) => (typeof body === "object" && body !== null ? body : {}),
  z.object({ operations: z.array(operationShape).default([]) }),
);
