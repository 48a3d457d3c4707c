import { NeonApiError } from "./api-error";
import type { Route } from "./call";
import { accountRoutes } from "./routes/account";
import { branchRoutes } from "./routes/branches";
import { databaseRoutes } from "./routes/databases";
import { endpointRoutes } from "./routes/endpoints";
import { operationRoutes } from "./routes/operations";
import { projectRoutes } from "./routes/projects";
import { roleRoutes } from "./routes/roles";

/** The part of the API that is answered here. */
export const ROUTES: readonly Route[] = [
  ...accountRoutes,
  ...projectRoutes,
  ...branchRoutes,
  ...endpointRoutes,
  ...databaseRoutes,
  ...roleRoutes,
  ...operationRoutes,
];

interface FoundRoute {
  route: Route;
  params: Record<string, string>;
}

/** Pure. A path without names in it goes before one with names: `branches/count` is no branch. */
export function findRoute(method: string, path: string): FoundRoute {
  const parts = path.split("/");
  const found = ROUTES.flatMap((route) => {
    const params = route.method === method ? match(route.path.split("/"), parts) : null;
    return params ? [{ route, params }] : [];
  });
  const [first] = found.toSorted((a, b) => Object.keys(a.params).length - Object.keys(b.params).length);
  if (!first) throw new NeonApiError(404, "this part of Neon's API is not there in the stand-in of this machine");
  return first;
}

function match(pattern: string[], parts: string[]): Record<string, string> | null {
  if (pattern.length !== parts.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const wanted = pattern[index] as string;
    if (wanted.startsWith("{")) params[wanted.slice(1, -1)] = decodeURIComponent(part);
    else if (wanted !== part) return null;
  }
  return params;
}
