import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createApiClient } from "@neondatabase/api-client";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type CheckedClient, checkedClient } from "./checked-client";
import { inDatabase, newBranch, newProject, READ_WRITE, refusal, rowsOf, settled, uriOf } from "./life";
import { type TestStandIn, testStandIn } from "./test-stand-in";

const KEYS = { personal: "napi_personal", organization: "napi_org", project: "napi_project", reader: "napi_reader" };

let standIn: TestStandIn;
let client: CheckedClient;
let projectId: string;
let branchId: string;

const start = (folder?: string) => {
  const rights = [
    { key: KEYS.personal },
    { key: KEYS.organization, kind: "organization" as const },
    { key: KEYS.project, kind: "project" as const, projectId: "another-one" },
    { key: KEYS.reader, mayWrite: false },
  ];
  return testStandIn({ apiKeys: rights, folder });
};

beforeAll(async () => {
  standIn = await start();
  ({ client } = checkedClient(standIn));
  const made = await newProject(client, standIn);
  projectId = made.project.id;
  branchId = made.branch.id;
});
afterAll(() => standIn.remove());
afterEach(async () => {
  standIn.behave({});
  await settled(client, projectId);
});

const withKey = (apiKey: string) => checkedClient({ baseUrl: standIn.baseUrl, apiKey }).client;
const names = async () => (await client.listProjectBranches({ projectId })).data.branches.map(({ name }) => name);
const asked = (name: string) => client.createProjectBranch(projectId, { branch: { name } });
const newRole = (name: string) => client.createProjectBranchRole(projectId, branchId, { role: { name } });
const roles = async () => (await client.listProjectBranchRoles(projectId, branchId)).data.roles.map(({ name }) => name);

describe("a key", () => {
  test("that is wrong, or revoked meanwhile", async () => {
    const message = "supplied credentials do not pass authentication";
    expect(await refusal(withKey("napi_wrong").getProject(projectId))).toMatchObject({ status: 401, message });
    const other = withKey(KEYS.reader);
    await other.getProject(projectId);
    standIn.revoke(KEYS.reader);
    expect(await refusal(other.getProject(projectId))).toMatchObject({ status: 401, message });
  });

  test("of an organization needs no org_id, and does not speak for a person", async () => {
    const organization = withKey(KEYS.organization);
    expect((await organization.listProjects({})).data.projects).toHaveLength(1);
    expect((await organization.getAuthDetails()).data.auth_method).toBe("api_key_org");
    const refused = await refusal(organization.getCurrentUserInfo());
    expect(refused).toMatchObject({ status: 404, message: "not allowed for organization API keys" });
  });

  test("of one project sees no other", async () => {
    const refused = await refusal(withKey(KEYS.project).getProject(projectId));
    expect(refused).toMatchObject({ status: 404, message: /outside the project/ });
  });
});

describe("what cannot be had", () => {
  test.each([
    [{ region_id: "moon-1" }, { status: 400, message: /region "moon-1"/ }],
    [{ pg_version: 14 }, { status: 400, message: /Postgres version: 14/ }],
    [{ name: "" }, { status: 400, message: /name/ }],
  ])("%j", async (wish, expected) => {
    const project = { org_id: standIn.organizationId, ...wish };
    expect(await refusal(client.createProject({ project }))).toMatchObject(expected);
  });

  test("more than the plan allows", async () => {
    standIn.behave({ limits: { projects: 1, branches: 1, maxCu: 2, rolesPerBranch: 1 } });
    const project = { org_id: standIn.organizationId };
    expect(await refusal(client.createProject({ project }))).toMatchObject({
      status: 422,
      code: "PROJECTS_LIMIT_EXCEEDED",
    });
    expect(await refusal(asked("one-more"))).toMatchObject({ status: 422, code: "BRANCHES_LIMIT_EXCEEDED" });
    standIn.behave({ limits: { maxCu: 2 } });
    const endpoints = [{ type: READ_WRITE, autoscaling_limit_max_cu: 4 }];
    expect(await refusal(client.createProjectBranch(projectId, { endpoints }))).toMatchObject({ status: 422 });
    expect(await names()).toEqual(["main"]);
  });

  test("more than so many calls a minute", async () => {
    standIn.behave({ limits: { requestsPerMinute: 1 } });
    await client.getProject(projectId);
    const error = await client.getProject(projectId).catch((thrown) => thrown);
    expect(error.response.status).toBe(429);
    expect(Number(error.response.headers["retry-after"])).toBeGreaterThan(30);
  });
});

describe("a call", () => {
  test("is refused for a while: 429 with the time to wait, then as if nothing had been", async () => {
    const effect = { status: 429, retryAfterSeconds: 3 };
    standIn.behave({ calls: [{ call: "getProject", nth: 2, times: 2, effect }] });
    await client.getProject(projectId);
    for (let attempt = 0; attempt < 2; attempt++) {
      const error = await client.getProject(projectId).catch((thrown) => thrown);
      expect(error.response).toMatchObject({ status: 429, headers: { "retry-after": "3" } });
    }
    await client.getProject(projectId);
  });

  test.each([500, 502, 503])("fails with %i, and nothing was done", async (status) => {
    standIn.behave({ calls: [{ call: "createProjectBranch", effect: { status } }] });
    expect(await refusal(asked("lost"))).toMatchObject({ status });
    expect(await names()).toEqual(["main"]);
  });

  test("is dropped before it has an effect, or after", async () => {
    standIn.behave({ calls: [{ call: "createProjectBranchRole", effect: { drop: "before" } }] });
    await expect(newRole("dropped")).rejects.toThrow(/socket hang up|ECONNRESET/);
    expect(await roles()).toEqual(["neondb_owner"]);
    standIn.behave({ calls: [{ call: "createProjectBranchRole", effect: { drop: "after" } }] });
    await expect(newRole("dropped")).rejects.toThrow(/socket hang up|ECONNRESET/);
    await settled(client, projectId);
    expect(await roles()).toEqual(["neondb_owner", "dropped"]);
    const lost = standIn.calls.filter(({ call, status }) => call === "createProjectBranchRole" && status === null);
    expect(lost).toHaveLength(2);
    expect(await refusal(newRole("dropped"))).toMatchObject({ status: 409 });
  });
});

describe("an operation", () => {
  const latest = async (id: string) => (await client.getProjectOperation(projectId, id)).data.operation;

  test("takes its time, and until then nothing else is begun in the project", async () => {
    standIn.behave({ operationMs: 300 });
    const { data } = await newRole("slow");
    expect(data.operations[0]?.status).toBe("running");
    const refused = await refusal(asked("too-early"));
    expect(refused).toMatchObject({ status: 423, message: /running conflicting operations/ });
    await settled(client, projectId);
    expect((await latest(data.operations[0]?.id ?? "")).total_duration_ms).toBeGreaterThanOrEqual(290);
  });

  test("fails: the branch never gets ready, and can be deleted", async () => {
    standIn.behave({ operations: [{ action: "create_branch", effect: "fail" }] });
    const { data } = await asked("broken");
    expect(data.branch.current_state).toBe("init");
    await settled(client, projectId);
    const failed = await latest(data.operations[0]?.id ?? "");
    expect(failed).toMatchObject({ status: "failed", failures_count: 1, error: expect.any(String) });
    const { data: told } = await client.getProjectBranch(projectId, data.branch.id);
    expect(told.branch.current_state).toBe("init");
    await client.deleteProjectBranch({ projectId, branchId: data.branch.id });
    await settled(client, projectId);
    expect(await names()).toEqual(["main"]);
  });

  test("fails at first and is tried again", async () => {
    standIn.behave({ operations: [{ action: "apply_config", effect: "fail-once" }], operationMs: 100 });
    const { data } = await newRole("again");
    const id = data.operations[0]?.id ?? "";
    await expect.poll(async () => (await latest(id)).status, { timeout: 30_000 }).toBe("finished");
    expect((await latest(id)).failures_count).toBe(1);
  });

  test("never ends, until it is let go", async () => {
    standIn.behave({ operations: [{ action: "apply_config", effect: "hang" }] });
    const { data } = await newRole("hanging");
    const id = data.operations[0]?.id ?? "";
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await latest(id)).status).toBe("running");
    expect(await refusal(client.deleteProject(projectId))).toMatchObject({ status: 423 });
    standIn.behave({});
    await settled(client, projectId);
    expect((await latest(id)).status).toBe("finished");
  });
});

describe("afterwards", () => {
  test("all is there again: projects, keys' organization, data, addresses", async () => {
    const { organizationId, folder } = standIn;
    const { data } = await client.getProject(projectId);
    const uri = await uriOf(client, projectId, branchId);
    await inDatabase(uri, (session) => session.query("create table kept as select 1 as one"));
    await standIn.stop();
    await expect(rowsOf(uri, "select 1")).rejects.toThrow();
    standIn = await start(folder);
    ({ client } = checkedClient(standIn));
    expect(standIn.organizationId).toBe(organizationId);
    expect((await client.getProject(projectId)).data.project).toEqual(data.project);
    expect(await uriOf(client, projectId, branchId)).toBe(uri);
    expect(await rowsOf(uri, "select * from kept")).toEqual([{ one: 1 }]);
  });

  test("a process that was killed in the middle of a branch: the next one makes it whole", async () => {
    const folder = join(standIn.folder, "killed");
    const script = fileURLToPath(new URL("./hold-stand-in.ts", import.meta.url));
    const child = spawn(process.execPath, ["--import", "tsx", script, folder], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = await once(child.stdout as NodeJS.ReadableStream, "data");
    const { baseUrl, apiKey, organizationId } = JSON.parse(String(line)) as Record<string, string>;
    const held = createApiClient({ apiKey: apiKey ?? "", baseURL: baseUrl });
    const { data } = await held.createProject({ project: { org_id: organizationId } });
    const id = data.project.id;
    // What it is told to do with `create_branch` is to hang: the record is on the disk, the data is not.
    await expect
      .poll(
        () =>
          held.createProjectBranch(id, { branch: { name: "half" } }).then(
            () => true,
            () => false,
          ),
        { timeout: 60_000 },
      )
      .toBe(true);
    child.kill("SIGKILL");
    await once(child, "exit");

    const next = await testStandIn({ folder });
    try {
      const { client: again } = checkedClient(next);
      await settled(again, id);
      const { data: listed } = await again.listProjectBranches({ projectId: id });
      expect(listed.branches.map(({ name, current_state }) => [name, current_state])).toContainEqual(["half", "ready"]);
      const [endpoint] = (await again.listProjectEndpoints(id)).data.endpoints;
      expect(endpoint?.current_state).toBe("active");
      const uri = await uriOf(again, id, endpoint?.branch_id ?? "");
      expect(await rowsOf(uri, "select 1 as one")).toEqual([{ one: 1 }]);
      await again.deleteProject(id);
      expect(await readdir(join(folder, "projects"))).toEqual([]);
    } finally {
      await next.stop();
    }
  });
});

test("Postgres 17 as well: a project, and a branch of it", async () => {
  const both = await testStandIn({ versions: [17, 18], behaviour: { limits: { branchSizeMb: 512 } } });
  try {
    const { client: other } = checkedClient(both);
    const made = await newProject(other, both, { pg_version: 17 });
    const branch = await newBranch(other, made.project.id, "import-1");
    const uri = branch.connection_uris?.[0]?.connection_uri ?? "";
    const [found] = await rowsOf(
      uri,
      "select current_setting('server_version_num')::int / 10000 as major, current_setting('neon.max_cluster_size') as mb",
    );
    // Also how much a branch may hold, which Neon's servers say themselves.
    expect(found).toEqual({ major: 17, mb: "512" });
    expect(made.project.branch_logical_size_limit).toBe(512);
    await inDatabase(uri, async (session) => {
      await session.query("create extension bloom");
      await expect(session.query("create extension amcheck")).rejects.toThrow(/not available/);
    });
    expect(existsSync(join(both.folder, "projects", made.project.id, branch.branch.id))).toBe(true);
  } finally {
    await both.remove();
  }
});
