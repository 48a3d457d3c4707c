import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmodSync, existsSync, lstatSync, mkdtempSync, readFileSync, statSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { launch } from "@/e2e/servers/launch";
import { ownRunFolder } from "@/e2e/servers/test-folder";
import { testServer } from "@/e2e/servers/test-servers";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { withSession } from "@/lib/postgres/session";
import { serverIdentity } from "./identity";
import { serverPlace } from "./place";
import { isAlive, isServerOf, postmasterPath } from "./postmaster";
import type { RunningServer } from "./server";

const folder = ownRunFolder();
const running: RunningServer[] = [];
const holders: ChildProcess[] = [];

afterEach(async () => {
  for (const holder of holders.splice(0)) holder.kill("SIGKILL");
  for (const server of running.splice(0)) await server.kill();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const newDataDir = () => join(folder, randomBytes(4).toString("hex"));

async function start(dataDir: string): Promise<RunningServer> {
  const server = await launch(18, dataDir);
  running.push(server);
  return server;
}

async function query<Row>(spec: ConnectionSpec, statement: string): Promise<Row[]> {
  return withSession(spec, { side: "metadata", name: "test" }, async (client) => (await client.query(statement)).rows);
}

/** Starts a server from a process of its own. */
async function startElsewhere(dataDir: string): Promise<{ holder: ChildProcess; pid: number; port: number }> {
  const script = fileURLToPath(new URL("../../../e2e/servers/hold-server.ts", import.meta.url));
  const holder = spawn(process.execPath, ["--import", "tsx", script, dataDir, "18"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  holders.push(holder);
  const failed = once(holder, "exit").then(([code]) => Promise.reject(new Error(`the holder ended with ${code}`)));
  const [line] = await Promise.race([once(holder.stdout as NodeJS.ReadableStream, "data"), failed]);
  failed.catch(() => {}); // Later it is killed on purpose.
  return { holder, ...(JSON.parse(String(line)) as { pid: number; port: number }) };
}

/** Not only its number: where nobody collects the dead, as in some containers, that stays. */
async function gone(pid: number, dataDir: string): Promise<boolean> {
  for (let waited = 0; waited < 10_000; waited += 50) {
    if (!(await isServerOf(pid, dataDir))) return true;
    await sleep(50);
  }
  return false;
}

describe.each(testServer.versions())("Postgres %i", (version) => {
  test("runs, with roles that are no superusers", async () => {
    const server = await testServer(version);
    const database = await server.createDatabase();
    const role = await server.createRole({ database: database.spec.database });
    const [row] = await query<{ version: string; rolsuper: boolean; encoding: string }>(
      role.spec,
      `select version(), rolsuper, current_setting('server_encoding') as encoding
         from pg_roles where rolname = current_user`,
    );
    expect(row?.version).toMatch(new RegExp(`^PostgreSQL ${version}\\.`));
    expect(row).toMatchObject({ rolsuper: false, encoding: "UTF8" });
    await role.drop();
    await database.drop();
  });
});

test("a stop and a second start keep data and port", async () => {
  const dataDir = newDataDir();
  const first = await start(dataDir);
  await query(first.superuser, "create table kept as select 42 as answer");
  await first.stop();
  expect(isAlive(first.pid)).toBe(false);
  expect(existsSync(postmasterPath(dataDir))).toBe(false);
  const second = await start(dataDir);
  expect(second.port).toBe(first.port);
  expect(second.adopted).toBe(false);
  expect(await query(second.superuser, "select answer from kept")).toEqual([{ answer: 42 }]);
});

test("a crash keeps what was committed", async () => {
  const dataDir = newDataDir();
  const first = await start(dataDir);
  await query(first.superuser, "create table kept as select 42 as answer");
  await first.kill();
  expect(existsSync(first.dataDir)).toBe(true);
  const second = await start(dataDir);
  expect(await query(second.superuser, "select answer from kept")).toEqual([{ answer: 42 }]);
});

test("another port is taken when the one of the last time is in use", async () => {
  const dataDir = newDataDir();
  const first = await start(dataDir);
  await first.stop();
  const squatter = createServer().listen(first.port, "127.0.0.1");
  await once(squatter, "listening");
  try {
    const second = await start(dataDir);
    expect(second.port).not.toBe(first.port);
  } finally {
    squatter.close();
  }
});

test("nobody gets in without the password, which only its owner can read", async () => {
  const { superuser, dataDir } = await start(newDataDir());
  await expect(query({ ...superuser, password: "wrong" }, "select 1")).rejects.toMatchObject({
    code: "connect.auth_failed",
  });
  expect(statSync(`${dataDir}.password`).mode & 0o777).toBe(0o600);
  expect(readFileSync(`${dataDir}.password`, "utf8")).toBe(superuser.password);
  const [row] = await query<{ sockets: string; addresses: string }>(
    superuser,
    "select current_setting('unix_socket_directories') sockets, current_setting('listen_addresses') addresses",
  );
  expect(row).toEqual({ sockets: "", addresses: "127.0.0.1" });
});

test.runIf(process.getuid?.() === 0)("root's servers run as another user", async () => {
  const { pid, dataDir } = await start(newDataDir());
  const { uid } = serverIdentity() ?? {};
  expect(lstatSync(dataDir).uid).toBe(uid);
  expect(lstatSync(`/proc/${pid}`).uid).toBe(uid);
});

test.runIf(process.getuid?.() === 0)("data goes elsewhere when root's folder is closed to that user", async () => {
  const closed = mkdtempSync(join(tmpdir(), "ferry-closed-"));
  chmodSync(closed, 0o700);
  const place = serverPlace(join(closed, ".ferry"));
  try {
    expect(place).not.toContain(closed);
    const server = await start(join(place, "main"));
    expect(await query(server.superuser, "select 1 as one")).toEqual([{ one: 1 }]);
    await server.stop();
    expect(serverPlace(join(closed, ".ferry"))).toBe(place);
  } finally {
    await rm(closed, { recursive: true });
    await rm(place, { recursive: true });
  }
});

test("a file of a process that is gone, or that is another program's now, does not hinder", async () => {
  const dataDir = newDataDir();
  await (await start(dataDir)).stop();
  for (const pid of [process.pid, 2 ** 22 - 1]) {
    await writeFile(postmasterPath(dataDir), `${pid}\n${dataDir}\n1\n5432\n\n127.0.0.1\n1 1\nready   \n`);
    const server = await start(dataDir);
    expect(server.adopted).toBe(false);
    await server.stop();
  }
});

test("a server that still runs on the data is taken over", async () => {
  const dataDir = newDataDir();
  const other = await startElsewhere(dataDir);
  const server = await start(dataDir);
  expect(server).toMatchObject({ adopted: true, pid: other.pid, port: other.port });
  // Its first owner's end does not end it any more.
  other.holder.kill("SIGKILL");
  await once(other.holder, "exit");
  await sleep(500);
  expect(await query(server.superuser, "select 1 as one")).toEqual([{ one: 1 }]);
  await server.stop();
  await server.exited;
  expect(await gone(other.pid, dataDir)).toBe(true);
});

test("a server ends when its owner is killed", async () => {
  const dataDir = newDataDir();
  const other = await startElsewhere(dataDir);
  expect(await isServerOf(other.pid, dataDir)).toBe(true);
  other.holder.kill("SIGKILL");
  expect(await gone(other.pid, dataDir)).toBe(true);
});

test("a start right after the owner was killed meets its server on the way out, and works", async () => {
  const dataDir = newDataDir();
  for (let round = 0; round < 3; round++) {
    const other = await startElsewhere(dataDir);
    other.holder.kill("SIGKILL");
    const server = await start(dataDir);
    await sleep(300);
    expect(await query(server.superuser, "select 1 as one")).toEqual([{ one: 1 }]);
    await server.stop();
  }
});

test("what the server says is in the error when it cannot start", async () => {
  const dataDir = newDataDir();
  await (await start(dataDir)).stop();
  const failing = launch(18, dataDir, { settings: { shared_buffers: "none" } });
  await expect(failing).rejects.toMatchObject({ code: "embedded.server_failed" });
  await expect(failing).rejects.toThrow(/shared_buffers/);
});
