import { afterAll, beforeAll } from "vitest";
import { query } from "@/e2e/imports/scene";
import { type PrivateServer, privateServer, type TestDatabase, testServer } from "@/e2e/servers/test-servers";
import { type CheckRequest, checkBoth } from "@/lib/imports/run/inspect-both";
import { importOptionsSchema } from "@/lib/plan/options";
import { isUnchecked } from "@/lib/preflight/categories";
import type { Finding } from "@/lib/preflight/finding";
import { urlTarget } from "@/lib/target/url";

export const VERSION = testServer.available(15) ? 15 : 18;
/** Short, so that a test need not wait for what never comes; long enough for a machine that is busy. */
const SHORT = { questionMs: 3_000, lockMs: 500, allMs: 20_000 };

export interface EngineScene {
  server: PrivateServer;
  source: TestDatabase;
  target: TestDatabase;
  check(more?: Partial<CheckRequest>): ReturnType<typeof checkBoth>;
}

/** A source that may be locked and limited, and an empty target; filled in before the first test. */
export function engineScene(): EngineScene {
  const scene = {} as EngineScene;
  beforeAll(async () => {
    const server = await privateServer(VERSION, { settings: { max_prepared_transactions: "5" } });
    const source = await server.createDatabase("engine");
    const target = await server.createDatabase("arrival");
    await query(
      source.spec,
      `create table public.orders (id int primary key, note text);
     insert into public.orders select n, repeat('x', 200) from generate_series(1, 2000) n;
     create table public.quiet (id int primary key); analyze`,
    );
    const check: EngineScene["check"] = (more = {}) =>
      checkBoth({
        source: source.spec,
        target: urlTarget(target.spec),
        options: importOptionsSchema.parse({}),
        resuming: false,
        limits: SHORT,
        ...more,
      });
    Object.assign(scene, { server, source, target, check });
  });
  afterAll(() => scene.server?.remove());
  return scene;
}

export const unchecked = (findings: Finding[]) => findings.filter(isUnchecked).map(({ subject }) => subject);
export const named = (findings: Finding[], code: string) => findings.filter((one) => one.code === code);
