import { readFile } from "node:fs/promises";
import { join } from "node:path";

const BUILD = ".next";
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

const readJson = async (path: string): Promise<unknown> => JSON.parse(await readFile(join(BUILD, path), "utf8"));

/** Everything that the build serves: `app` path of the source to the path that people ask for. */
async function servedPaths(): Promise<[source: string, path: string][]> {
  const manifest = (await readJson("app-path-routes-manifest.json")) as Record<string, string>;
  return Object.entries(manifest).sort();
}

/** What Next adds of itself, and the picture in the tab. */
const OWN = /^\/(_not-found|_global-error|icon\.svg)/;

export async function findPages(): Promise<string[]> {
  const served = await servedPaths();
  return served.filter(([source, path]) => source.endsWith("/page") && !OWN.test(path)).map(([, path]) => path);
}

/** `GET /api/imports`: which methods a route has is told by its source, which the build names. */
export async function findRoutes(): Promise<string[]> {
  const served = await servedPaths();
  const routes = served.filter(([source, path]) => source.endsWith("/route") && !OWN.test(path));
  const found = await Promise.all(
    routes.map(async ([source, path]) => {
      const text = await readFile(join("app", `${source}.ts`), "utf8");
      const has = (method: string) =>
        new RegExp(`export (async function |function |const |\\{.*\\b)${method}\\b`).test(text);
      return METHODS.filter(has).map((method) => `${method} ${path}`);
    }),
  );
  return found.flat();
}

export interface FoundAction {
  /** By which a browser calls it. */
  id: string;
  name: string;
  /** A page that calls it. */
  path: string;
}

interface ActionManifest {
  node: Record<string, { filename?: string; exportedName?: string; workers: Record<string, unknown> }>;
}

/** Every function that a browser can call by its id. */
export async function findActions(): Promise<FoundAction[]> {
  const { node } = (await readJson("server/server-reference-manifest.json")) as ActionManifest;
  const paths = new Map((await servedPaths()).map(([source, path]) => [`app${source}`, path]));
  return Object.entries(node).map(([id, { filename, exportedName, workers }]) => {
    const path = Object.keys(workers).map((worker) => paths.get(worker));
    return { id, name: `${filename} ${exportedName}`, path: path[0] ?? "/" };
  });
}

/** The scripts that a route is made of, as text. */
export async function scriptsOf(route: string): Promise<string[]> {
  const loader = await readFile(join(BUILD, `server/app/${route}/route.js`), "utf8");
  const chunks = [...loader.matchAll(/R\.c\("([^"]+)"\)/g)].map(([, path = ""]) => path);
  return Promise.all(chunks.map((path) => readFile(join(BUILD, path), "utf8")));
}
