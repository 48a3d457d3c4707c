import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROUTES } from "@/lib/embedded/neon/router";
import { type CheckedClient, checkedClient } from "./checked-client";
import { inDatabase, newBranch, newProject, READ_WRITE, refusal, rowsOf, settled, uriOf } from "./life";
import { type TestStandIn, testStandIn } from "./test-stand-in";

let standIn: TestStandIn;
let client: CheckedClient;
let seen: Set<string>;
let projectId: string;
let mainId: string;
let mainUri: string;

beforeAll(async () => {
  standIn = await testStandIn();
  ({ client, seen } = checkedClient(standIn));
  const made = await newProject(client, standIn, { name: "shop", region_id: "aws-eu-central-1", pg_version: 18 });
  projectId = made.project.id;
  mainId = made.branch.id;
  mainUri = made.connection_uris[0]?.connection_uri ?? "";
  await inDatabase(mainUri, async (session) => {
    await session.query("create table orders (id int primary key, note text)");
    await session.query("insert into orders select g, repeat('x', 200) from generate_series(1, 5000) g");
  });
});
afterAll(() => standIn.remove());

const branchNamed = async (name: string) => {
  const { data } = await client.listProjectBranches({ projectId });
  return data.branches.find((branch) => branch.name === name);
};

describe("an account", () => {
  test("has a name, an organization, regions", async () => {
    expect((await client.getCurrentUserInfo()).data.plan).toBe("launch");
    const { data } = await client.getCurrentUserOrganizations();
    expect(data.organizations.map(({ id }) => id)).toEqual([standIn.organizationId]);
    expect((await client.getActiveRegions({})).data.regions.filter((region) => region.default)).toHaveLength(1);
    expect((await client.getAuthDetails()).data.auth_method).toBe("api_key_user");
  });

  test("lists its projects page by page", async () => {
    const { organizationId: org_id } = standIn;
    const first = await client.listProjects({ org_id, limit: 1, search: "sho" });
    expect(first.data.projects.map(({ name }) => name)).toEqual(["shop"]);
    const next = await client.listProjects({ org_id, limit: 1, cursor: first.data.pagination?.cursor });
    expect(next.data.projects).toEqual([]);
    expect((await client.listProjects({ org_id, search: "other" })).data.projects).toEqual([]);
  });

  test("a person has to say which organization is meant", async () => {
    expect(await refusal(client.listProjects({}))).toMatchObject({ status: 400, message: /org_id is required/ });
    const project = { name: "nowhere" };
    expect(await refusal(client.createProject({ project }))).toMatchObject({ status: 400 });
  });
});

describe("a project", () => {
  test("is as it was asked for, and can be renamed", async () => {
    const { data } = await client.updateProject(projectId, { project: { name: "shop 2" } });
    expect(data.project).toMatchObject({ name: "shop 2", region_id: "aws-eu-central-1", pg_version: 18 });
    expect((await client.getProject(projectId)).data.project.name).toBe("shop 2");
    await client.updateProject(projectId, { project: { name: "shop" } });
  });

  test("its first branch is the default one, and knows its size", async () => {
    expect(await branchNamed("main")).toMatchObject({ default: true, current_state: "ready" });
    const { data } = await client.getProjectBranch(projectId, mainId);
    expect(data.branch.logical_size).toBeGreaterThan(1_000_000);
    expect((await client.countProjectBranches({ projectId })).data.count).toBe(1);
  });

  test("its owner may do what Neon's may, and no more", async () => {
    await inDatabase(mainUri, async (session) => {
      const { rows } = await session.query("select * from pg_catalog.pg_roles where rolname = current_user");
      expect(rows[0]).toMatchObject({ rolsuper: false, rolcreatedb: true, rolcreaterole: true, rolbypassrls: true });
      for (const what of ["role app", "database side"]) await session.query(`create ${what}`);
      for (const what of ["role app", "database side"]) await session.query(`drop ${what}`);
      // Offered by Neon, though Postgres does not trust it.
      await session.query("create extension bloom");
      // Trusted by Postgres, though Neon does not offer it.
      await expect(session.query("create extension plperl")).rejects.toThrow(/not available/);
      await expect(session.query("create extension amcheck")).rejects.toThrow(/not available/);
      await expect(session.query("set session_replication_role = replica")).rejects.toThrow(/permission denied/);
      await expect(session.query("copy orders to program 'cat'")).rejects.toThrow(/permission denied/);
    });
  });
});

describe("a branch", () => {
  test("has what its parent had, taken while somebody writes there, and from then on its own", async () => {
    let isOver = false;
    const writing = inDatabase(mainUri, async (session) => {
      let last = 5000;
      while (!isOver) await session.query("insert into orders values ($1, 'while it was copied')", [++last]);
      return last;
    });
    const { branch, connection_uris = [] } = await newBranch(client, projectId, "import-1").finally(() => {
      isOver = true;
    });
    const last = await writing;
    const uri = connection_uris[0]?.connection_uri ?? "";
    const [found] = await rowsOf(uri, "select count(*)::int as count, max(id) as last from orders");
    // Whole up to one moment: nothing is missing in between.
    expect(found.count).toBe(found.last);
    expect(found.count).toBeGreaterThanOrEqual(5000);
    expect(found.count).toBeLessThanOrEqual(last);
    await inDatabase(uri, (session) => session.query("truncate orders"));
    const [left] = await rowsOf(mainUri, "select count(*)::int as count from orders");
    expect(left.count).toBe(last);
    expect((await client.getProjectBranch(projectId, branch.id)).data.branch.parent_id).toBe(mainId);
  });

  test("is renamed, unless another has the name", async () => {
    const { id = "" } = (await branchNamed("import-1")) ?? {};
    const taken = client.updateProjectBranch(projectId, id, { branch: { name: "main" } });
    expect(await refusal(taken)).toMatchObject({ status: 409 });
    const { data } = await client.updateProjectBranch(projectId, id, { branch: { name: "shop" } });
    expect(data.branch.name).toBe("shop");
    expect(await refusal(client.createProjectBranch(projectId, { branch: { name: "shop" } }))).toMatchObject({
      status: 409,
    });
  });

  test("becomes the default one; what is left of a root or a parent stays", async () => {
    const { id = "" } = (await branchNamed("shop")) ?? {};
    await client.setDefaultProjectBranch(projectId, id);
    expect(await branchNamed("shop")).toMatchObject({ default: true });
    expect(await branchNamed("main")).toMatchObject({ default: false });
    const deletions = [
      [id, /default/],
      [mainId, /root/],
    ] as const;
    for (const [branchId, why] of deletions) {
      const refused = await refusal(client.deleteProjectBranch({ projectId, branchId }));
      expect(refused).toMatchObject({ status: 422, message: why });
    }
    await client.setDefaultProjectBranch(projectId, mainId);
  });

  test("goes with its data and its server; once more is no error", async () => {
    const { id = "" } = (await branchNamed("shop")) ?? {};
    const uri = await uriOf(client, projectId, id);
    expect((await client.deleteProjectBranch({ projectId, branchId: id })).data.operations).not.toEqual([]);
    await settled(client, projectId);
    expect(await branchNamed("shop")).toBeUndefined();
    await expect(rowsOf(uri, "select 1")).rejects.toThrow();
    expect((await client.deleteProjectBranch({ projectId, branchId: id })).status).toBe(204);
    expect(await refusal(client.getProjectBranch(projectId, id))).toMatchObject({ status: 404 });
  });

  test("without a compute gets one later, keeps what it was noted with, and deletes itself when it expires", async () => {
    const annotation_value = { import: "01J" };
    const { data } = await client.createProjectBranch(projectId, { branch: { name: "bare" }, annotation_value });
    expect(data.endpoints).toEqual([]);
    await settled(client, projectId);
    const branchId = data.branch.id;
    expect((await client.getProjectBranch(projectId, branchId)).data.annotation.value).toEqual(annotation_value);
    const { data: listed } = await client.listProjectBranches({ projectId });
    expect(listed.annotations[branchId]?.value).toEqual(annotation_value);

    await client.createProjectEndpoint(projectId, { endpoint: { branch_id: branchId, type: READ_WRITE } });
    await settled(client, projectId);
    const uri = await uriOf(client, projectId, branchId);
    expect(await rowsOf(uri, "select count(*)::int > 0 as has from orders")).toEqual([{ has: true }]);
    const { data: computes } = await client.listProjectBranchEndpoints(projectId, branchId);
    await client.deleteProjectEndpoint(projectId, computes.endpoints[0]?.id ?? "");
    await settled(client, projectId);
    expect((await client.listProjectBranchEndpoints(projectId, branchId)).data.endpoints).toEqual([]);

    const past = { branch: { expires_at: new Date(Date.now() - 1_000).toISOString() } };
    expect(await refusal(client.updateProjectBranch(projectId, branchId, past))).toMatchObject({ status: 400 });
    const expires_at = new Date(Date.now() + 1_000).toISOString();
    await client.updateProjectBranch(projectId, branchId, { branch: { expires_at } });
    await expect.poll(() => branchNamed("bare"), { timeout: 30_000 }).toBeUndefined();
    await settled(client, projectId);
  });
});

describe("a compute", () => {
  test("sleeps without a server, and wakes for who asks for its address", async () => {
    const { data } = await client.listProjectEndpoints(projectId);
    const { id = "" } = data.endpoints[0] ?? {};
    await client.suspendProjectEndpoint(projectId, id);
    await settled(client, projectId);
    expect((await client.getProjectEndpoint(projectId, id)).data.endpoint.current_state).toBe("idle");
    await expect(rowsOf(mainUri, "select 1")).rejects.toThrow();
    expect(await uriOf(client, projectId, mainId)).toBe(mainUri);
    expect(await rowsOf(mainUri, "select 1 as one")).toEqual([{ one: 1 }]);
    expect((await client.startProjectEndpoint(projectId, id)).data.operations).toEqual([]);
  });

  test("of another size is started again with more memory, at the same address", async () => {
    const { data } = await client.listProjectEndpoints(projectId);
    const { id = "" } = data.endpoints[0] ?? {};
    const [before] = await rowsOf(mainUri, "show shared_buffers");
    const endpoint = { autoscaling_limit_min_cu: 2, autoscaling_limit_max_cu: 4 };
    await client.updateProjectEndpoint(projectId, id, { endpoint });
    await settled(client, projectId);
    expect((await client.getProjectEndpoint(projectId, id)).data.endpoint).toMatchObject(endpoint);
    const [after] = await rowsOf(mainUri, "show shared_buffers");
    expect([before, after]).toEqual([{ shared_buffers: "64MB" }, { shared_buffers: "128MB" }]);
  });
});

describe("databases and roles", () => {
  test("are made and dropped, and shown also when they were made by SQL", async () => {
    const { data: role } = await client.createProjectBranchRole(projectId, mainId, { role: { name: "app owner" } });
    await settled(client, projectId);
    const database = { name: "app", owner_name: "app owner" };
    await client.createProjectBranchDatabase(projectId, mainId, { database });
    await settled(client, projectId);
    expect((await client.getProjectBranchDatabase(projectId, mainId, "app")).data.database).toMatchObject(database);
    const names = { database_name: "app", role_name: "app owner" };
    const { data } = await client.getConnectionUri({ projectId, ...names, pooled: true });
    expect(await rowsOf(data.uri, "select current_user as me")).toEqual([{ me: "app owner" }]);
    expect(data.uri).toContain(role.role.password);

    await inDatabase(mainUri, (session) => session.query("create role by_hand"));
    const { data: listed } = await client.listProjectBranchRoles(projectId, mainId);
    expect(listed.roles.map(({ name }) => name)).toEqual(["neondb_owner", "app owner", "by_hand"]);
    const owned = await refusal(client.deleteProjectBranchRole(projectId, mainId, "app owner"));
    expect(owned).toMatchObject({ status: 422, message: /owns database "app"/ });
    await client.deleteProjectBranchDatabase(projectId, mainId, "app");
    await settled(client, projectId);
    await client.deleteProjectBranchRole(projectId, mainId, "app owner");
    await settled(client, projectId);
    const { data: databases } = await client.listProjectBranchDatabases(projectId, mainId);
    expect(databases.databases.map(({ name }) => name)).toEqual(["neondb"]);
    expect((await client.deleteProjectBranchDatabase(projectId, mainId, "app")).status).toBe(204);
  });

  test("a password is told, and set anew", async () => {
    const role = "neondb_owner";
    const { data: before } = await client.getProjectBranchRolePassword(projectId, mainId, role);
    expect(mainUri).toContain(before.password);
    const { data } = await client.resetProjectBranchRolePassword(projectId, mainId, role);
    await settled(client, projectId);
    expect(data.role.password).not.toBe(before.password);
    await expect(rowsOf(mainUri, "select 1")).rejects.toThrow();
    mainUri = await uriOf(client, projectId, mainId);
    expect(await rowsOf(mainUri, "select 1 as one")).toEqual([{ one: 1 }]);
    expect((await client.getProjectBranchRole(projectId, mainId, role)).data.role).not.toHaveProperty("password");
    const unknown = await refusal(client.getProjectBranchRolePassword(projectId, mainId, "by_hand"));
    expect(unknown).toMatchObject({ status: 412 });
  });

  test.each(["pg_signal_backend", "neon_superuser", "x".repeat(64)])("a role cannot be called %s", async (name) => {
    const refused = await refusal(client.createProjectBranchRole(projectId, mainId, { role: { name } }));
    expect(refused.status).toBe(400);
  });
});

test("every part of the API that is answered was asked, and each answer was as the document says", async () => {
  const { data } = await client.listProjectOperations({ projectId, limit: 1 });
  await client.getProjectOperation(projectId, data.operations[0]?.id ?? "");
  await client.deleteProject(projectId);
  expect(await refusal(client.getProject(projectId))).toMatchObject({ status: 404, message: "project not found" });
  expect(ROUTES.map(({ call }) => call).filter((call) => !seen.has(call))).toEqual([]);
});
