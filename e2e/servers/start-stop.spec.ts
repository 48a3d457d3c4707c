import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import { LONG_TESTS } from "@/e2e/long-tests";
import { runningFerry } from "@/lib/embedded/home-running";
import { withSession } from "@/lib/postgres/session";
import { parseConnectionString } from "@/lib/source/connection-string";
import { ownRunFolder } from "./test-folder";

/** Under load as well; without it everything is gone in a second. */
const GONE_LIMIT_MS = 20_000;

let home: string;
let children: ChildProcess[];

test.beforeEach(() => {
  home = join(ownRunFolder(), test.info().testId);
  mkdirSync(join(home, ".."), { recursive: true, mode: 0o711 });
  children = [];
});
test.afterEach(async () => {
  for (const child of children) if (child.exitCode === null) child.kill("SIGTERM");
  await Promise.all(children.map((child) => child.exitCode ?? child.signalCode ?? once(child, "exit")));
  rmSync(home, { recursive: true, force: true });
});

function start(): { child: ChildProcess; said: () => string; exited: Promise<unknown[]> } {
  const child = spawn(process.execPath, ["bin/start.mjs"], {
    env: { ...process.env, FERRY_DATA_DIR: home, FERRY_DEMO: "off", PORT: "0" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      text += chunk;
    });
  }
  children.push(child);
  return { child, said: () => text, exited: once(child, "exit") };
}

async function startAndWait() {
  const started = start();
  await expect.poll(started.said, { timeout: 90_000 }).toContain("Ferry is running");
  const running = await runningFerry(home);
  if (!running?.address) throw new Error("A running Ferry says where.");
  return { ...started, running, address: running.address };
}

interface ProcessRow {
  pid: number;
  parent: number;
  ended: boolean;
  command: string;
}

function processes(): ProcessRow[] {
  const lines = execFileSync("ps", ["-eo", "pid=,ppid=,stat=,args="], { encoding: "utf8" }).trim().split("\n");
  return lines.map((line) => {
    const [pid, parent, state = "", ...command] = line.trim().split(/\s+/);
    return { pid: Number(pid), parent: Number(parent), ended: state.startsWith("Z"), command: command.join(" ") };
  });
}

/** Every process that this one started, and what those started. */
function descendants(pid: number, all = processes()): number[] {
  return all.filter(({ parent }) => parent === pid).flatMap((child) => [child.pid, ...descendants(child.pid, all)]);
}

async function expectAllGone(pids: number[]): Promise<void> {
  const left = () =>
    processes()
      .filter(({ pid, ended, command }) => !ended && (pids.includes(pid) || command.includes(home)))
      .map(({ command }) => command);
  await expect.poll(left, { timeout: GONE_LIMIT_MS }).toEqual([]);
}

test("a second start says where the first one runs", async () => {
  const { address } = await startAndWait();
  const second = start();
  expect(await second.exited).toEqual([0, null]);
  expect(second.said()).toContain(`Ferry already runs here: ${address}`);
});

test("a stop leaves no process, and the next start has its data and address", async () => {
  const first = await startAndWait();
  const metadata = parseConnectionString(first.running.environment.DATABASE_URL ?? "");
  await withSession(metadata, { side: "metadata", name: "ferry test" }, (client) =>
    client.query("create table kept as select 42 as answer"),
  );
  const started = descendants(first.running.pid);
  first.child.kill("SIGINT");
  expect(await first.exited).toEqual([0, null]);
  await expectAllGone(started);
  expect(await runningFerry(home)).toBeNull();

  const second = await startAndWait();
  const again = parseConnectionString(second.running.environment.DATABASE_URL ?? "");
  const { rows } = await withSession(again, { side: "metadata", name: "ferry test" }, (client) =>
    client.query("select answer from kept"),
  );
  expect(rows).toEqual([{ answer: 42 }]);
});

test("nothing outlives a supervisor that is killed, and the next start works", async () => {
  const first = await startAndWait();
  const started = descendants(first.running.pid);
  expect(started.length).toBeGreaterThan(2);
  first.child.kill("SIGKILL");
  await expectAllGone(started);
  const { address } = await startAndWait();
  expect((await fetch(address)).status).toBe(200);
});

test("a web app or a server that dies is started again", async () => {
  const { running, address } = await startAndWait();
  const metadata = parseConnectionString(running.environment.DATABASE_URL ?? "");
  const serverStart = () =>
    withSession(metadata, { side: "metadata", name: "ferry test" }, async (client) => {
      const { rows } = await client.query("select pg_postmaster_start_time()::text as since");
      return rows[0]?.since as string;
    }).catch(() => null);
  const since = await serverStart();
  const all = processes().filter(({ parent }) => parent === running.pid);
  for (const { pid, command } of all) if (/next|postgres -D/.test(command)) process.kill(pid, "SIGKILL");
  await expect.poll(async () => (await fetch(address).catch(() => null))?.status, { timeout: 60_000 }).toBe(200);
  await expect.poll(serverStart, { timeout: 60_000 }).not.toBeNull();
  expect(await serverStart()).not.toBe(since);
});

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
for (const [place, moment] of [300, 800, 1_500, 2_500, 4_000].entries()) {
  // Each moment with one of them; all with all is for the long tests.
  for (const signal of LONG_TESTS ? SIGNALS : SIGNALS.slice(place % 3, (place % 3) + 1)) {
    test(`${signal} ${moment} ms into the first start ends it`, async () => {
      const { child, exited } = start();
      await sleep(moment);
      const started = descendants(child.pid as number);
      child.kill(signal);
      await exited;
      await expectAllGone(started);
    });
  }
}
