import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { makeScene, query, type Scene } from "@/e2e/imports/scene";
import { startMetadata } from "@/e2e/metadata";
import type { TestDatabase } from "@/e2e/servers/test-servers";
import { createImport } from "@/lib/imports/create-import";
import { getImport } from "@/lib/imports/get-import";
import { passGate } from "@/lib/imports/run/gate";
import { updateOptions } from "@/lib/imports/update-options";

let metadata: TestDatabase;
let scene: Scene;
let id: string;

beforeAll(async () => {
  metadata = await startMetadata();
  return () => metadata.drop();
});
beforeEach(async () => {
  scene = await makeScene("create table public.t (id int primary key)");
  const target = { kind: "url" as const, text: scene.target.url };
  id = (await createImport({ input: { sourceText: scene.lineUrl, target } })).id;
  await checkedAgo("1 minute");
  await move("queued");
});
afterEach(() => scene?.close());

const move = (status: string) => query(metadata.spec, "update imports set status = $2 where id = $1", [id, status]);

const checkedAgo = (time: string) =>
  query(metadata.spec, "update imports set checked_at = now() - $2::interval where id = $1", [id, time]);

describe("the gate, right after the checks", () => {
  const sessionsToPass = async () => {
    const before = scene.line.accepted;
    await passGate(id, 0);
    return scene.line.accepted - before;
  };

  it("does not look again", async () => {
    await checkedAgo("1 second");
    expect(await sessionsToPass()).toBe(0);
  });

  it("looks again a few seconds later", async () => {
    await checkedAgo("6 seconds");
    expect(await sessionsToPass()).toBe(1);
  });

  it("looks again when a choice was changed", async () => {
    await checkedAgo("1 second");
    await move("draft");
    await updateOptions({ id, options: { verify: "none" } });
    await move("queued");
    expect(await sessionsToPass()).toBe(1);
  });

  it("looks again at what was blocked", async () => {
    await query(
      metadata.spec,
      "insert into findings (import_id, position, code, severity, message) values ($1, 99, 'x', 'block', 'no')",
      [id],
    );
    await checkedAgo("1 second");
    expect(await sessionsToPass()).toBe(1);
  });
});

describe("the gate, which an engine calls twice when it believes the first call lost", () => {
  it("lets both calls through at once, and says so once", async () => {
    const [first, second] = await Promise.all([passGate(id, 0), passGate(id, 0)]);
    expect([first, second]).toEqual([{ lanes: 2 }, { lanes: 2 }]);
    const { status, events } = await getImport({ id });
    expect(status).toBe("running");
    expect(events.filter(({ kind }) => kind === "gate.passed")).toHaveLength(1);
  });

  it("does not take for somebody else's what the import itself has made meanwhile", async () => {
    await query(scene.target.spec, "create table public.t (id int primary key)");
    scene.line.blackHole = true;
    const before = scene.line.accepted;
    const late = passGate(id, 0);
    while (scene.line.accepted === before) await sleep(10);
    await move("running");
    scene.line.blackHole = false;
    expect(await late).toEqual({ lanes: 2 });
    expect((await getImport({ id })).findings.filter(({ severity }) => severity === "block")).toEqual([]);
  });

  it("stays shut for an import that was cancelled", async () => {
    scene.line.blackHole = true;
    const before = scene.line.accepted;
    const late = passGate(id, 0);
    while (scene.line.accepted === before) await sleep(10);
    await move("cancelled");
    scene.line.blackHole = false;
    expect(await late).toBe("stopped");
    expect((await getImport({ id })).status).toBe("cancelled");
  });
});
