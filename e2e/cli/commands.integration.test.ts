import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ImportReport } from "@/bin/cli/report";
import { ferrySessions, inSession, makeScene, query, type Scene, SOURCE } from "@/e2e/imports/scene";
import { LONG_TESTS } from "@/e2e/long-tests";
import { ownRunFolder } from "@/e2e/servers/test-folder";
import { testServer } from "@/e2e/servers/test-servers";
import { openHome } from "@/lib/embedded/home";
import { connectionUrl } from "@/lib/postgres/connection-url";

const SOURCE_SQL = `
  create table public.orders (id serial primary key, total numeric);
  insert into public.orders (total) select generate_series(1, 1000);
  grant select on public.orders to public;
  select lo_from_bytea(70001, 'kept');`;

const home = join(ownRunFolder(), "command");
let scene: Scene;
let importId: string;

beforeAll(async () => {
  await mkdir(join(home, ".."), { recursive: true, mode: 0o711 });
  scene = await makeScene(SOURCE_SQL);
});
afterAll(async () => {
  await scene.close();
  await rm(home, { recursive: true, force: true });
});

interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The command as somebody types it, with the environment of a fresh machine. */
function ferry(
  args: string[],
  onStderr: (text: string) => void = () => {},
): { interrupt(): void; kill(): void; ended: Promise<Ran> } {
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, FERRY_DATA_DIR: home, NODE_ENV: "production" as const };
  const child = spawn(process.execPath, ["bin/ferry.mjs", ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
  child.stderr.on("data", (bytes: Buffer) => onStderr(bytes.toString()));
  const ended = Promise.all([once(child, "exit"), text(child.stdout), text(child.stderr)]).then(
    ([[code], stdout, stderr]) => ({ code: code as number | null, stdout, stderr }),
  );
  return { interrupt: () => child.kill("SIGINT"), kill: () => child.kill("SIGKILL"), ended };
}

const between = (target = scene.target.url) => ["--source", scene.source.url, "--target", target];

describe("a project of Neon on this machine", () => {
  const project = ["--neon-new-project", "shop", "--region", "aws-eu-central-1", "--pg-version", "17"];

  it("is told what will not come before it is made, and takes a test run, of which nothing stays", async () => {
    const checked = await ferry(["check", "--source", scene.source.url, ...project]).ended;
    expect(checked.stdout).toContain("The project is not there yet, so extensions go by Neon's list");
    expect(checked.code).toBe(0);
    const run = await ferry(["import", "--source", scene.source.url, ...project, "--test-run", "--json"]).ended;
    expect(JSON.parse(run.stdout)).toMatchObject({ status: "succeeded", target: { version: "17" } });
    expect(run.stderr).toMatch(
      /^NEON_API_KEY is not set: .*\nImport \w+\nInto branch import-.* of project shop, which is/,
    );
    expect(run.stderr).toContain("The test run's branch is deleted.");
    expect(run.stderr).toMatch(/^The test run took \d+ seconds?\. Everything is there/m);
  });

  it("says in a sentence what is not there", async () => {
    const { code, stderr } = await ferry(["import", "--source", scene.source.url, ...project.with(-1, "16")]).ended;
    expect(stderr).toContain("Neon does not offer Postgres 16.");
    expect(stderr).toContain("Choose one that it has (17, 18)");
    expect(code).toBe(1);
  });
});

describe("ferry check", () => {
  it("tells of both ends and of every object that will not come, and changes nothing", async () => {
    const { code, stdout } = await ferry(["check", ...between(), "--json"]).ended;
    const document = JSON.parse(stdout);
    expect({ code, status: document.status }).toEqual({ code: 0, status: "ok" });
    expect(document.objects.leftOut).toEqual([
      { object: "grants on table public.orders", reason: "grants are left out: the importing role owns everything" },
    ]);
    expect(await query(scene.target.spec, "select 1 from pg_tables where schemaname = 'public'")).toEqual([]);

    const words = await ferry(["check", ...between(), "--schemas", "elsewhere"]).ended;
    expect(words.stdout).toMatch(/Left out \(\d+\):\n {2}it is outside of what was chosen\n/);
  });

  it("hands all remedies over as one script that may be run as it is", async () => {
    await query(scene.source.spec, "create schema shut; create table shut.away (id int)");
    const reader = await (await testServer(SOURCE)).createRole({ database: scene.source.spec.database });
    const { code, stdout, stderr } = await ferry(["check", "--source", reader.url, "--script"]).ended;
    expect(code).toBe(3);
    expect(stderr).toMatch(/^Privileges: 3 of 3 checks done, 1 stops the import$/m);
    expect(stdout).toContain(`grant select on "shut"."away" to "${reader.name}";`);
    await query(scene.source.spec, stdout);
    const again = await ferry(["check", "--source", reader.url, "--script"]).ended;
    expect({ code: again.code, stdout: again.stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^--/) });
    await reader.drop();
    await query(scene.source.spec, "drop schema shut cascade");
  });

  it("does not wait for a table that is locked: what it could not read, it says", async () => {
    await inSession(scene.source.spec, async (client) => {
      await client.query("begin; lock table public.orders in access exclusive mode");
      const { code, stdout } = await ferry(["check", ...between()]).ended;
      expect(code).toBe(0);
      expect(stdout).toMatch(/^warn +Locked on the source, .*public\.orders by session \d+/m);
      expect(stdout).toMatch(/^warn +Could not check objects: /m);
      await client.query("rollback");
    });
  });

  it("says what is wrong without the password", async () => {
    const wrong = connectionUrl({ ...scene.source.spec, password: "not-the-one-7" });
    const { code, stdout, stderr } = await ferry(["check", "--source", wrong]).ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(/password/);
    expect(stdout + stderr).not.toContain("not-the-one-7");
  });
});

describe("ferry import", () => {
  it("imports, says so on stderr, and hands one document to scripts", async () => {
    const { code, stdout, stderr } = await ferry(["import", ...between(), "--large-objects", "--json"]).ended;
    const report = JSON.parse(stdout) as ImportReport;
    expect(stderr).toContain("Everything is there: imported and verified.");
    expect(stderr).toContain("large objects: 1, 4 bytes");
    expect(code).toBe(0);
    importId = String(report.importId);
    expect(report).toMatchObject({
      status: "succeeded",
      tables: [{ schema: "public", name: "orders", rows: 1_000 }],
      largeObjects: { objects: 1, bytes: 4 },
      skipped: [{ object: "grants on table public.orders" }],
      verification: { status: "equal", differences: [] },
      error: null,
    });
  });

  it("leaves a report, signed, and both sides can be compared again", async () => {
    const listed = await ferry(["verify", ...between(), "--json"]).ended;
    expect(JSON.parse(listed.stdout)).toMatchObject({ kind: "later", verdict: "equal", totals: { rows: 1_000 } });
    expect(listed.code).toBe(0);

    const words = await ferry(["report", importId]).ended;
    expect(words.stdout).toContain("| public.orders | 1,000 | 1,000 |");
    const { stdout: statement } = await ferry(["report", importId, "--statement"]).ended;
    const file = join(home, "statement.txt");
    await writeFile(file, statement);
    expect(await ferry(["verify-statement", file]).ended).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Valid/),
    });
    await writeFile(file, statement.replace("1,000 rows", "1,001 rows"));
    expect(await ferry(["verify-statement", file]).ended).toMatchObject({ code: 1 });

    await query(scene.target.spec, "delete from public.orders where id = 7");
    const differing = await ferry(["verify", ...between()]).ended;
    expect(differing.code).toBe(4);
    expect(differing.stdout).toContain("| public.orders | 1,000 | 999 |");
  });

  it("does not write into a database that holds something: exit 3, with the reason", async () => {
    const { code, stderr } = await ferry(["import", ...between()]).ended;
    expect(code).toBe(3);
    expect(stderr).toContain("public.orders");
  });

  it("is cancelled by Ctrl-C, and leaves no session on either side", async () => {
    const other = await makeScene(`
      create table public.slow (n int, pad text);
      insert into public.slow select n, repeat('x', 1000) from generate_series(1, 40000) n;`);
    other.line.bytesPerSecond = 2_000_000;
    const running = ferry(["import", "--source", other.lineUrl, "--target", other.target.url]);
    await expect
      .poll(async () => (await ferrySessions(other.target.spec)).filter((name) => name.includes("lane")), {
        timeout: 60_000,
      })
      .not.toEqual([]);
    running.interrupt();
    const { code, stderr } = await running.ended;
    expect(stderr).toContain("ancelled");
    expect(code).toBe(1);
    expect(await ferrySessions(other.source.spec)).toEqual([]);
    expect(await ferrySessions(other.target.spec)).toEqual([]);
    await other.close();
  });
});

describe("ferry pause, resume and cancel", () => {
  it.each([
    ["one that nobody does", false],
    ...(LONG_TESTS ? [["one that was killed in a home of its own", true] as const] : []),
  ] as const)("reach an import that another command works on, and %s", async (_, isKilledElsewhere) => {
    const opened = isKilledElsewhere ? await openHome(home) : null;
    if (opened && !("home" in opened)) throw new Error("Somebody has the home.");
    const other = await makeScene(`
      create table public.slow (n int, pad text);
      insert into public.slow select n, repeat('x', 1000) from generate_series(1, 20000) n;`);
    const lanes = async () => (await ferrySessions(other.target.spec)).filter((name) => name.includes("lane"));
    let said = "";
    const ends = ["--source", other.source.url, "--target", other.target.url];
    const running = ferry(["import", ...ends, "--speed-limit", "1"], (more) => {
      said += more;
    });
    await expect.poll(lanes, { timeout: 60_000 }).not.toEqual([]);
    const id = /^Import (\w+)$/m.exec(said)?.[1] ?? "";

    const paused = await ferry(["pause", id, "--json"]).ended;
    expect(paused.stderr).toMatch(/^Paused\. The source's snapshot is still held/);
    expect(paused).toMatchObject({ code: 0 });
    expect(JSON.parse(paused.stdout)).toMatchObject({ importId: id, status: "paused", pause: { snapshot: "held" } });
    await expect.poll(() => ferrySessions(other.target.spec), { timeout: 20_000 }).toEqual([]);
    expect(await ferry(["resume", id]).ended).toMatchObject({ code: 0, stderr: "It goes on.\n" });
    await expect.poll(lanes, { timeout: 60_000 }).not.toEqual([]);

    // With nothing to hold, the command that did the work ends.
    expect((await ferry(["pause", id, "--let-go"]).ended).code).toBe(0);
    expect((await running.ended).code).toBe(5);
    if (opened) {
      // The common home is free from here on, and the import is not there.
      await opened.home.release();
      const resumed = ferry(["resume", id]);
      await expect.poll(lanes, { timeout: 60_000 }).not.toEqual([]);
      resumed.kill();
      expect((await resumed.ended).code).toBeNull();
    }
    const cancelled = await ferry(["cancel", id, "--discard"]).ended;
    expect(cancelled).toMatchObject({ code: 0, stderr: "Cancelled.\n" });
    expect(await ferrySessions(other.source.spec)).toEqual([]);
    expect(await ferrySessions(other.target.spec)).toEqual([]);
    const left =
      "select 1 from pg_class where relname = 'slow' union select 1 from pg_namespace where nspname = '_ferry'";
    expect(await query(other.target.spec, left)).toEqual([]);
    await other.close();
  });

  it("say so when there is no such import", async () => {
    const { code, stderr } = await ferry(["resume", "01JNOTHING"]).ended;
    expect(code).toBe(1);
    expect(stderr).toContain("This import does not exist.");
  });
});

describe("wrong usage", () => {
  it("exits with 2 and the usage", async () => {
    const { code, stderr } = await ferry(["import", "--source", "mysql://u@h/d", "--target", "postgres://u@h/d"]).ended;
    expect(code).toBe(2);
    expect(stderr).toContain("it does not begin with postgres://");
  });
});
