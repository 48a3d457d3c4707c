import { Client } from "pg";
import { describe, expect, it, vi } from "vitest";
import { inSession, query } from "@/e2e/imports/scene";
import { LONG_TESTS } from "@/e2e/long-tests";
import { startProxy } from "@/e2e/servers/tcp-proxy";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { closeSession, openSession } from "@/lib/postgres/session";
import { isUnchecked } from "@/lib/preflight/categories";
import { type CategoryResult, checks } from "@/lib/preflight/run-checks";
import { engineScene, named, unchecked } from "./engine-scene";

/** What the source may be asked, at most. */
const MOST_QUERIES = 25;

const scene = engineScene();

/** While a session holds what the statement took. */
async function whileHeld<T>(statement: string, work: () => Promise<T>): Promise<T> {
  const holder = await openSession(scene.source.spec, { side: "metadata", name: "somebody's own" });
  try {
    await holder.query(`begin; ${statement}`);
    return await work();
  } finally {
    await closeSession(holder);
  }
}

describe("the checks", () => {
  it("are told category by category, and all together in the end", async () => {
    const heard: CategoryResult[] = [];
    const { findings } = await scene.check({ onCategory: (result) => heard.push(result) });
    expect(heard.map(({ category }) => category).sort()).toEqual(
      ["source", ...new Set(checks.map(({ name }) => name.split(".")[0]))].sort(),
    );
    expect(heard.flatMap((result) => result.findings)).toHaveLength(findings.length);
    // The address is looked at too.
    expect(heard.reduce((sum, result) => sum + result.checks, 0)).toBe(checks.length + 1);
    expect(unchecked(findings)).toEqual([]);
  });

  it(`ask the source ${MOST_QUERIES} questions at most`, async () => {
    const asked = vi.spyOn(Client.prototype, "query");
    try {
      await scene.check();
      const onSource = asked.mock.contexts.filter(
        (client) => (client as Client).database === scene.source.spec.database,
      );
      expect(onSource.length).toBeGreaterThan(10);
      expect(onSource.length).toBeLessThanOrEqual(MOST_QUERIES);
    } finally {
      asked.mockRestore();
    }
  });

  it("do not wait for a table that somebody has locked, and say who", async () => {
    const { findings, tables } = await whileHeld("lock table public.orders in access exclusive mode", () =>
      scene.check(),
    );
    expect(unchecked(findings)).toEqual([]);
    expect(tables).toBe(2);
    const [locked] = named(findings, "server.locked");
    expect(locked).toMatchObject({
      severity: "warn",
      sql: expect.stringMatching(/^select pg_terminate_backend\(\d+\);$/),
    });
    expect(locked?.message).toMatch(/public\.orders by session \d+ of postgres \(somebody's own\)/);
    expect(locked?.message).not.toContain("quiet");
  });

  it("do not queue up behind one who waits for such a lock", async () => {
    await whileHeld("select * from public.orders limit 1", async () => {
      const waiting = inSession(scene.source.spec, (client) =>
        client.query("begin; lock table public.orders in access exclusive mode"),
      );
      waiting.catch(() => {}); // Looked at below.
      await expect
        .poll(() => query(scene.source.spec, "select 1 from pg_locks where not granted"), { timeout: 30_000 })
        .not.toEqual([]);
      const { findings } = await scene.check();
      expect(unchecked(findings)).toEqual([]);
      expect(named(findings, "server.locked")).toHaveLength(1);
      await query(scene.source.spec, "select pg_cancel_backend(pid) from pg_locks where not granted");
      await expect(waiting).rejects.toThrow(/cancel/);
    });
  });

  it("that cannot be run say so, and the others run", async () => {
    const { findings } = await whileHeld("lock table pg_catalog.pg_policy in access exclusive mode", () =>
      scene.check(),
    );
    expect(unchecked(findings)).toEqual(expect.arrayContaining(["inside.roles", "inside.policies", "inside.contents"]));
    expect(named(findings, "server.version")).toHaveLength(1);
    for (const finding of findings.filter(isUnchecked)) {
      expect(finding).toMatchObject({
        severity: "warn",
        message: expect.stringMatching(/^Could not check .*lock timeout/),
      });
    }
  });

  it("name what a role may not see", async () => {
    const reader = await scene.server.createRole({ database: scene.source.spec.database });
    await query(scene.source.spec, "revoke select on pg_catalog.pg_prepared_xacts from public");
    const { findings } = await scene.check({ source: reader.spec });
    await query(scene.source.spec, "grant select on pg_catalog.pg_prepared_xacts to public");
    await reader.drop();
    const unseen = unchecked(findings);
    expect(unseen).toContain("server.prepared_transactions");
    expect(unseen).not.toContain("privileges.select");
    expect(findings.find(isUnchecked)?.message).toContain("permission denied");
    expect(named(findings, "privileges.select")).toHaveLength(1);
  });

  it.skipIf(!LONG_TESTS)("come to an end when the source falls silent in the middle", async () => {
    const line = await startProxy({ to: scene.source.spec });
    const spec: ConnectionSpec = { ...scene.source.spec, port: line.port };
    const limits = { questionMs: 500, lockMs: 200, allMs: 3_000 };
    const original = Client.prototype.query as (...args: unknown[]) => unknown;
    const asked = vi.spyOn(Client.prototype, "query").mockImplementation(function (this: Client, ...args: unknown[]) {
      // The question for the tables is the first that is lost.
      if (String(args[0]).includes("pg_stat_get_live_tuples")) line.blackHole = true;
      return original.apply(this, args);
    } as typeof Client.prototype.query);
    try {
      const { findings } = await scene.check({ source: spec, limits });
      expect(unchecked(findings)).toContain("privileges.select");
      expect(unchecked(findings)).not.toContain("server.timeouts");
      expect(named(findings, "server.version")).toHaveLength(1);
    } finally {
      asked.mockRestore();
      await line.close();
    }
  });
});
