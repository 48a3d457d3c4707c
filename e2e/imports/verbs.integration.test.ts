import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type FerryRig, startFerry } from "@/e2e/imports/ferry-rig";
import { makeScene, query, type Scene, TARGET } from "@/e2e/imports/scene";
import { testServer } from "@/e2e/servers/test-servers";
import { parseConnectionString } from "@/lib/source/connection-string";

let ferry: FerryRig;
let scene: Scene;
let other: Scene;

beforeAll(async () => {
  const server = await testServer(TARGET);
  const { host, port, user, password } = server.superuser;
  process.env.FERRY_LOCAL_TARGET_URL = `postgres://${user}:${encodeURIComponent(password ?? "")}@${host}:${port}/postgres`;
  ferry = await startFerry();
  scene = await makeScene(
    "create table public.t (id int primary key); insert into public.t select generate_series(1, 50)",
  );
});
afterAll(async () => {
  await scene?.close();
  await ferry?.stop();
});
beforeEach(async () => {
  other = await makeScene("select 1");
  return () => other.close();
});

describe("an import into a database that Ferry makes itself", () => {
  it("makes it, fills it, and tells its connection string to whoever may ask", async () => {
    const { createImport } = await import("@/lib/imports/create-import");
    const { revealTarget } = await import("@/lib/imports/reveal-target");
    const { id } = await createImport({ input: { sourceText: scene.source.url, target: { kind: "local" } } });
    await ferry.start(id);
    const view = await ferry.waitForEnd(id);
    expect(view.status).toBe("succeeded");
    expect(view.target).toMatchObject({ kind: "local", database: expect.stringMatching(/^import-\d{4}-\d\d-\d\dT/) });
    const target = parseConnectionString((await revealTarget({ id })).url);
    expect(await query(target, "select count(*)::int as rows from public.t")).toEqual([{ rows: 50 }]);
    const { localTarget } = await import("@/lib/target/local/local");
    await localTarget({ ...target, database: "postgres" }, target.database).discard();
    await expect(query(target, "select 1")).rejects.toMatchObject({ code: "connect.database_missing" });
  });
});

describe("starting", () => {
  it("twice at once starts one run", async () => {
    const id = await ferry.create(scene.source.url, other.target.url);
    await Promise.all([ferry.start(id), ferry.start(id), ferry.start(id)]);
    const view = await ferry.waitForEnd(id);
    expect(view.status).toBe("succeeded");
    expect(view.events.filter(({ kind }) => kind === "import.started")).toHaveLength(1);
    expect(view.events.filter(({ kind }) => kind === "gate.passed")).toHaveLength(1);
    await expect(ferry.start(id)).rejects.toMatchObject({ code: "import.wrong_state" });
    await expect(ferry.retry(id)).rejects.toMatchObject({ code: "import.wrong_state" });
    await expect(ferry.cancel(id)).rejects.toMatchObject({ code: "import.wrong_state" });
  });

  it("that died before it told the engine is started when it is pressed again", async () => {
    const id = await ferry.create(scene.source.url, other.target.url);
    await query(ferry.metadata.spec, "update imports set status = 'queued', run = 1 where id = $1", [id]);
    await ferry.start(id);
    expect((await ferry.waitForEnd(id)).status).toBe("succeeded");
  });
});

describe("choices", () => {
  it("can be changed until it starts", async () => {
    const { updateOptions } = await import("@/lib/imports/update-options");
    const id = await ferry.create(scene.source.url, other.target.url);
    await updateOptions({ id, options: { content: "schema" } });
    await ferry.start(id);
    await ferry.waitForEnd(id);
    expect(await query(other.target.spec, "select count(*)::int as rows from public.t")).toEqual([{ rows: 0 }]);
    await expect(updateOptions({ id, options: { content: "all" } })).rejects.toMatchObject({
      code: "import.wrong_state",
    });
  });
});

describe("a share link", () => {
  it("shows the import without who and where, until it is revoked", async () => {
    const { shareImport } = await import("@/lib/imports/share-import");
    const { revokeShares } = await import("@/lib/imports/revoke-shares");
    const { getSharedImport } = await import("@/lib/imports/get-shared-import");
    const id = await ferry.run(scene.source.url, other.target.url);
    const { token } = await shareImport({ id });
    const shared = await getSharedImport({ token });
    expect(shared).toMatchObject({ id, status: "succeeded", verification: { status: "equal" } });
    expect(JSON.stringify(shared)).not.toContain(scene.source.spec.host);
    const stored = await query<{ all: string }>(ferry.metadata.spec, "select l::text as all from share_links l");
    expect(stored.map(({ all }) => all).join()).not.toContain(token);

    await expect(getSharedImport({ token: `${token}x` })).rejects.toMatchObject({ code: "share.invalid" });
    await expect(getSharedImport({ token: id })).rejects.toMatchObject({ code: "share.invalid" });
    await revokeShares({ id });
    await expect(getSharedImport({ token })).rejects.toMatchObject({ code: "share.invalid" });
    const { token: next } = await shareImport({ id });
    expect(await getSharedImport({ token: next })).toMatchObject({ id });
    await query(ferry.metadata.spec, "update share_links set expires_at = now() - interval '1 minute'");
    await expect(getSharedImport({ token: next })).rejects.toMatchObject({ code: "share.invalid" });
  });
});

describe("the list", () => {
  it("tells the newest first, each as far as it is", async () => {
    const { listImports } = await import("@/lib/imports/list-imports");
    const done = await ferry.run(scene.source.url, other.target.url);
    const empty = await makeScene("select 1");
    const draft = await ferry.create(scene.source.url, empty.target.url);
    const {
      imports: [first, second],
    } = await listImports();
    expect(first).toMatchObject({ id: draft, status: "draft", fraction: 0, bytesDone: 0 });
    expect(second).toMatchObject({ id: done, status: "succeeded", fraction: 1 });
    expect(second?.bytesDone).toBeGreaterThan(0);
    await query(
      ferry.metadata.spec,
      `insert into imports select (jsonb_populate_record(draft, jsonb_build_object('id', '00' || number))).*
         from imports as draft, generate_series(10, 39) as number where draft.id = $1`,
      [draft],
    );
    const ids: string[] = [];
    let before: string | null = null;
    do {
      const page = await listImports(before ? { before } : {});
      ids.push(...page.imports.map(({ id }) => id));
      before = page.before;
    } while (before);
    expect(ids).toEqual([...ids].sort().reverse());
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain("0010");
    await empty.close();
  });
});

it("what does not exist is said to be missing", async () => {
  for (const verb of [ferry.view, ferry.start, ferry.cancel, ferry.retry, ferry.check]) {
    await expect(verb("01JNOTHING")).rejects.toMatchObject({ code: "import.missing" });
  }
});
