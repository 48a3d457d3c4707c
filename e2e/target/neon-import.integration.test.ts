import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { type FerryRig, QUICK_RETRIES, startFerry } from "@/e2e/imports/ferry-rig";
import { digests, inSession, makeScene, query, type Scene } from "@/e2e/imports/scene";
import { LONG_TESTS } from "@/e2e/long-tests";
import { type TestStandIn, testStandIn } from "@/e2e/neon/test-stand-in";
import type { Behaviour } from "@/lib/embedded/neon";
import type { CreateImportInput } from "@/lib/imports/create-import";
import { parseConnectionString } from "@/lib/source/connection-string";
import { neonTarget } from "@/lib/target/neon/neon";
import { keptNotes, type NeonTestAccount, neonTestAccount, PATIENCE_MS, placeOf, standInAccess } from "./neon-account";

const SOURCE_SQL = `
  create schema shop;
  create role keeper_of_shop;
  create table shop.orders (id int primary key, note text);
  insert into shop.orders select n, repeat('x', 100) from generate_series(1, 2000) n;
  alter table shop.orders owner to keeper_of_shop;
  create extension bloom;
  create extension amcheck;
  create function shop.tuned() returns int language sql set work_mem = '8MB' set shop.own = 'x' as 'select 1';`;
const GONE = { timeout: 60_000, interval: 200 };
const REGION = "aws-eu-central-1";

/** Answers that are lost, late or refused for a while: they are asked for again, and nothing is made twice. */
const LOST: Behaviour["calls"] = [
  { call: "createProjectBranch", effect: { drop: "after" } },
  { call: "createProjectBranchDatabase", effect: { status: 500 } },
  { call: "createProjectBranchRole", effect: { drop: "after" } },
  { call: "getConnectionURI", nth: 2, effect: { status: 429, retryAfterSeconds: 1 } },
  { call: "listProjectBranches", nth: 4, effect: { status: 503 } },
];

let ferry: FerryRig;
let scene: Scene;
let standIn: TestStandIn;
let account: NeonTestAccount;
let projectId: string;

beforeAll(async () => {
  standIn = await testStandIn({ versions: [17, 18] });
  account = neonTestAccount(standInAccess(standIn), REGION, 18);
  process.env.FERRY_NEON_API_KEY = standIn.apiKey;
  process.env.FERRY_NEON_API_URL = standIn.baseUrl;
  process.env.FERRY_NEON_VERSIONS = "18,17";
  ferry = await startFerry({ tuning: QUICK_RETRIES });
  scene = await makeScene(SOURCE_SQL);
  projectId = await account.makeProject("the-project");
});
afterAll(async () => {
  await ferry?.stop();
  if (scene) await query(scene.source.spec, "drop owned by keeper_of_shop; drop role keeper_of_shop").catch(() => {});
  await scene?.close();
  await standIn?.remove();
});
afterEach(() => standIn.behave({}));

async function create(project: object, options: CreateImportInput["options"] = {}): Promise<string> {
  const { createImport } = await import("@/lib/imports/create-import");
  const target = { kind: "neon", project } as CreateImportInput["target"];
  return (await createImport({ input: { sourceText: scene.source.url, target, options } })).id;
}

/** With what it noted, to the end or until it fails. */
async function run(project: object, options: CreateImportInput["options"] = {}) {
  const id = await create(project, options);
  await ferry.start(id);
  return ferry.waitForEnd(id);
}

/** Whoever sits at this machine. */
const by = "local";

const named = async (name: string | undefined) => (await account.branches(projectId)).find((one) => one.name === name);

describe("an import into a project", () => {
  it("lands in a branch of its own, which then takes the project's place", async () => {
    const verbs = await import("@/lib/imports/neon/branches");
    standIn.behave({ calls: LOST });
    const view = await run({ id: projectId }, { owners: { mode: "keep" } });
    expect(await account.branches(projectId)).toHaveLength(2);
    expect(view.verification.differences).toEqual([]);
    expect(view).toMatchObject({ status: "succeeded", verification: { status: "equal" } });
    expect(view.target.neon).toMatchObject({
      projectId,
      project: "the-project",
      branch: /^import-\d{4}-\d\d-\d\dT\d\d-\d\d$/,
    });
    const { branch = "", branchId } = view.target.neon ?? {};
    const made = await named(branch);
    expect(made?.id).toBe(branchId);

    const ref = { projectId, branchId: made?.id ?? "", by };
    const { database } = view.target;
    const strings = await verbs.neonConnectionStrings({ ...ref, database, by });
    for (const url of [strings.direct, strings.pooled]) {
      const spec = parseConnectionString(url);
      expect(await digests(spec, ["shop.orders"])).toEqual(await digests(scene.source.spec, ["shop.orders"]));
      expect(await query(spec, "select tableowner from pg_tables where tablename = 'orders'")).toEqual([
        { tableowner: "keeper_of_shop" },
      ]);
      expect(await query(spec, "select 1 from pg_namespace where nspname = '_ferry'")).toEqual([]);
    }
    await expectNothingInClear([standIn.apiKey, parseConnectionString(strings.direct).password ?? ""]);

    await verbs.setDefaultNeonBranch(ref);
    await verbs.renameNeonBranch({ ...ref, name: "production" });
    await expect(verbs.deleteNeonBranch({ ...ref, typedName: "production" })).rejects.toMatchObject({
      code: "neon.branch_kept",
    });
    const [first] = await verbs.listNeonBranches({ projectId, by });
    expect(first).toMatchObject({ name: "production", isDefault: true, importId: view.id });

    // The next one is made beside it, and not from it: so the old one can go.
    const place = placeOf("01JNEXT", { id: projectId });
    const next = keptNotes();
    await neonTarget({ patienceMs: PATIENCE_MS, access: account.access, place, notes: next }).prepare();
    const { branchId: nextId = "" } = await next.read();
    await verbs.setDefaultNeonBranch({ projectId, branchId: nextId, by });
    await expect(verbs.deleteNeonBranch({ ...ref, typedName: "prod" })).rejects.toMatchObject({
      code: "neon.name_mismatch",
    });
    await verbs.deleteNeonBranch({ ...ref, typedName: "production" });
    expect(await named("production")).toBeUndefined();
    await account.makeRootDefault(projectId);
    await verbs.deleteNeonBranch({ projectId, branchId: nextId, by, typedName: place.branchName });
  });

  it.skipIf(!LONG_TESTS)("as a test run leaves nothing there but what it has shown", async () => {
    const before = await account.branches(projectId);
    const id = await create({ id: projectId });
    const { startTestRun } = await import("@/lib/imports/start-test-run");
    const view = await ferry.waitForEnd((await startTestRun({ id, by })).id);
    expect(view.id).not.toBe(id);
    expect(await ferry.view(id)).toMatchObject({ status: "draft", options: { testRun: false } });
    expect(view).toMatchObject({ status: "succeeded", verification: { status: "equal" } });
    // It is deleted once the verdict is given.
    await vi.waitFor(async () => expect(await account.branches(projectId)).toHaveLength(before.length), GONE);
    const { testRunEstimate } = await import("@/lib/imports/test-run-estimate");
    expect(await testRunEstimate({ id })).toMatchObject({ importId: view.id, seconds: expect.any(Number) });
    const told = (await ferry.view(id)).findings.find(({ code }) => code === "size.estimate");
    expect(told?.message).toMatch(/^About \d+ seconds?: so long the test run of .* took\.$/);
    // Another choice is another amount of work.
    const other = await create({ id: projectId }, { content: "schema" });
    expect(await testRunEstimate({ id: other })).toBeNull();
  });
});

describe("an import into a new project", () => {
  it("says before it is there what will be left out, makes it, and a cancel that discards takes it away", async () => {
    const { previewImport } = await import("@/lib/imports/preview-import");
    const name = "a-new-one";
    const project = { name, regionId: REGION, pgVersion: 17 };
    const id = await create(project, { maxMegabytesPerSecond: 0.1 });
    const foreseen = await previewImport({ id });
    expect(foreseen).toMatchObject({ isAsked: false, blocked: [] });
    expect(foreseen.leftOut.map(({ object }) => object)).toContain("extension amcheck");
    expect(foreseen.altered.map(({ object }) => object)).toContain("function shop.tuned()");
    expect((await ferry.view(id)).findings).toContainEqual(
      expect.objectContaining({ code: "extensions.left_out", message: expect.stringContaining("for Postgres 17") }),
    );
    await ferry.start(id);
    await ferry.until(id, "copying", ({ tables }) => tables.length > 0);
    const { listNeonProjects } = await import("@/lib/imports/neon/projects");
    expect(await listNeonProjects({ by })).toContainEqual(expect.objectContaining({ name, pgVersion: 17 }));
    expect(await previewImport({ id })).toEqual({ ...foreseen, isAsked: true });
    await ferry.cancel(id, true);
    await ferry.untilCleanedUp(id);
    expect((await listNeonProjects({ by })).map((one) => one.name)).not.toContain(name);
  });
});

describe.skipIf(!LONG_TESTS)("what goes wrong on the way", () => {
  it("an operation that fails: the branch goes, and a retry makes another", async () => {
    const before = await account.branches(projectId);
    standIn.behave({ operations: [{ action: "create_branch", effect: "fail" }] });
    const view = await run({ id: projectId });
    expect(view).toMatchObject({ status: "failed", error: { code: "neon.operation_failed" } });
    expect(await account.branches(projectId)).toHaveLength(before.length);
    standIn.behave({});
    await ferry.retry(view.id);
    expect(await ferry.waitForEnd(view.id)).toMatchObject({ status: "succeeded" });
    expect(await account.branches(projectId)).toHaveLength(before.length + 1);
  });

  it("an operation that does not end in one step is gone on with in the next", async () => {
    const before = await account.branches(projectId);
    standIn.behave({ operations: [{ action: "start_compute", effect: "hang" }] });
    const id = await create({ id: projectId }, { stepBudgetSeconds: 15 });
    await ferry.start(id);
    const seen = async () =>
      query<{ code: string }>(ferry.metadata.spec, "select error->>'code' as code from imports where id = $1", [id]);
    await ferry.until(id, "waiting", ({ status }) => status === "running");
    while ((await seen())[0]?.code !== "neon.operation_slow") await new Promise((resolve) => setTimeout(resolve, 100));
    standIn.behave({});
    expect(await ferry.waitForEnd(id)).toMatchObject({ status: "succeeded" });
    expect(await account.branches(projectId)).toHaveLength(before.length + 1);
  });
});

describe("what is wrong from the beginning has its own sentence", () => {
  it.each<[string, object, string]>([
    ["a project that is gone", { id: "quiet-dust-00000000" }, "neon.project_gone"],
    ["a region that Neon does not have", { name: "n", regionId: "mars-north-1", pgVersion: 18 }, "neon.region_unknown"],
    ["a version that Neon does not have", { name: "n", regionId: REGION, pgVersion: 13 }, "neon.version_unknown"],
    ["one that is not on this machine", { name: "n", regionId: REGION, pgVersion: 16 }, "neon.version_unknown"],
  ])("%s", async (_name, project, code) => {
    await expect(create(project)).rejects.toMatchObject({ code });
  });

  it("as many branches as the plan allows", async () => {
    standIn.behave({ limits: { branches: 1 } });
    const view = await ferry.view(await create({ id: projectId }));
    expect(view.status).toBe("blocked");
    expect(view.findings[0]).toMatchObject({ code: "target.branches" });
  });

  it("a key that is wrong is not kept, and one that is right can be forgotten", async () => {
    const { neonAccount, saveNeonKey, forgetNeonKey } = await import("@/lib/imports/neon/account");
    // Without an account of its own the environment says only where the API is.
    process.env.FERRY_NEON_API_KEY = "";
    await expect(saveNeonKey({ key: "napi_wrong-key", by })).rejects.toMatchObject({ code: "neon.key_refused" });
    await expect(create({ id: projectId })).rejects.toMatchObject({ code: "neon.no_key" });
    expect(await saveNeonKey({ key: standIn.apiKey, by })).toEqual({ lastFour: standIn.apiKey.slice(-4) });
    expect(await neonAccount({ by })).toMatchObject({ of: "user" });
    await create({ id: projectId });
    await expectNothingInClear([standIn.apiKey]);
    await forgetNeonKey({ by });
    expect(await neonAccount({ by })).toBeNull();
    process.env.FERRY_NEON_API_KEY = standIn.apiKey;
  });
});

/** Of the tables that hold texts of the engine's and of Ferry's. */
async function expectNothingInClear(secrets: string[]): Promise<void> {
  await inSession(ferry.metadata.spec, async (client) => {
    const tables = await client.query<{ name: string }>(
      "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')",
    );
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ text: string }>(`select t::text as text from ${name} t`);
      for (const { text } of rows) for (const secret of secrets) expect(text.includes(secret), name).toBe(false);
    }
  });
}
