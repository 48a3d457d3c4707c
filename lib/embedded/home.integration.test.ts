import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Home, openHome } from "./home";
import { runningFerry, waitUntilRunning, writeRunning } from "./home-running";
import { homeSecrets } from "./home-secrets";
import { homeServersDir } from "./home-servers";

const SCRIPT = fileURLToPath(new URL("../../e2e/servers/hold-home.ts", import.meta.url));

let folder: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ferry-home-"));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

async function tryElsewhere(path: string): Promise<{ child: ChildProcess; said: string }> {
  const child = spawn(process.execPath, ["--import", "tsx", SCRIPT, path], { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  const [said] = await once(child.stdout as NodeJS.ReadableStream, "data");
  return { child, said: String(said).trim() };
}

async function take(path: string): Promise<Home> {
  const opened = await openHome(path);
  if ("heldBy" in opened) throw new Error(`held by ${opened.heldBy.pid}`);
  return opened.home;
}

describe("the lock", () => {
  test("one process has a home, and others learn which and where", async () => {
    const { child, said } = await tryElsewhere(folder);
    expect(said).toBe("got it");
    const second = await openHome(folder);
    expect(second).toEqual({ heldBy: { pid: child.pid, state: "running", address: "http://127.0.0.1:3999" } });
    expect(await waitUntilRunning(folder)).toBe("http://127.0.0.1:3999");
  });

  test("a killed process leaves no lock", async () => {
    const { child } = await tryElsewhere(folder);
    child.kill("SIGKILL");
    await once(child, "exit");
    const home = await take(folder);
    await home.release();
    await (await take(folder)).release();
  });

  test("a holder too busy to answer still holds", async () => {
    const { child } = await tryElsewhere(folder);
    child.kill("SIGSTOP");
    expect(await openHome(folder)).toEqual({ heldBy: { pid: child.pid, state: "starting" } });
    child.kill("SIGCONT");
    expect(await waitUntilRunning(folder)).toBe("http://127.0.0.1:3999");
  });

  test.each(["", "{", "{}", '{"port":1,"token":"x","pid":1}'])("a damaged file %j is no lock", async (text) => {
    writeFileSync(join(folder, "lock"), text);
    await (await take(folder)).release();
  });

  test("of many that come at once upon a dead lock, one gets it", async () => {
    const { child } = await tryElsewhere(folder);
    child.kill("SIGKILL");
    await once(child, "exit");
    const tries = await Promise.all(Array.from({ length: 8 }, () => openHome(folder)));
    const got = tries.filter((opened) => "home" in opened);
    expect(got).toHaveLength(1);
    for (const opened of got) if ("home" in opened) await opened.home.release();
  });
});

describe("joining a running Ferry", () => {
  const running = { pid: 1, address: null, environment: { DATABASE_URL: "postgresql://x" }, startedAt: "2026-01-01" };

  test("its file is believed only while it runs, and only its owner reads it", async () => {
    const home = await take(folder);
    await writeRunning(folder, running);
    expect(statSync(join(folder, "running.json")).mode & 0o777).toBe(0o600);
    expect(await runningFerry(folder)).toBeNull();
    home.announce({ state: "running" });
    expect(await runningFerry(folder)).toEqual(running);
    await home.release();
    expect(await runningFerry(folder)).toBeNull();
  });
});

describe("secrets", () => {
  test("are made once, for their owner only", async () => {
    const first = await homeSecrets(folder);
    expect(first.signingKey).toMatch(/^([0-9a-f]{2}){32}$/);
    expect(new Set(Object.values(first)).size).toBe(Object.keys(first).length);
    expect(await homeSecrets(folder)).toEqual(first);
    expect(statSync(join(folder, "secrets.json")).mode & 0o777).toBe(0o600);
  });

  test("a secret that a newer version needs is added, the others stay", async () => {
    const first = await homeSecrets(folder);
    const { demoPassword: _, ...older } = first;
    writeFileSync(join(folder, "secrets.json"), JSON.stringify(older));
    expect(await homeSecrets(folder)).toMatchObject(older);
    expect(JSON.parse(readFileSync(join(folder, "secrets.json"), "utf8"))).toHaveProperty("demoPassword");
  });

  test("a damaged file is not replaced: what it sealed would be lost", async () => {
    writeFileSync(join(folder, "secrets.json"), "{");
    await expect(homeSecrets(folder)).rejects.toThrow(/changed or damaged/);
  });
});

describe.runIf(process.getuid?.() === 0)("where root's servers keep their data", () => {
  test("inside the home when their user gets there", async () => {
    const open = join(folder, "open");
    mkdirSync(open, { mode: 0o711 });
    chmodSync(folder, 0o711);
    expect(await homeServersDir(open)).toBe(join(open, "postgres"));
  });

  test("elsewhere when not; it stays there when the home is moved, and a copy gets its own", async () => {
    const [home, moved, copy] = ["home", "moved", "copy"].map((name) => join(folder, name)) as [string, string, string];
    mkdirSync(home);
    const place = await homeServersDir(home);
    const places = [place];
    try {
      expect(place).not.toContain(folder);
      expect(await homeServersDir(home)).toBe(place);
      renameSync(home, moved);
      expect(await homeServersDir(moved)).toBe(place);
      mkdirSync(copy);
      writeFileSync(join(copy, "servers.json"), readFileSync(join(moved, "servers.json")));
      places.push(await homeServersDir(copy));
      expect(places[1]).not.toBe(place);
    } finally {
      for (const each of places) rmSync(each, { recursive: true, force: true });
    }
  });
});
