import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ferryAndScene } from "@/e2e/imports/ferry-and-scene";
import { query } from "@/e2e/imports/scene";
import type { FerryEventName } from "@/lib/engine/events";

/** Whoever has the event key can send anything, and an engine sends things again. */
const NOBODY = "01JNOTHING";
const LIMIT = { timeout: 60_000 };

const { ferry, scene } = ferryAndScene("create table public.t (id int primary key); insert into public.t values (1)");
// What a function refuses is said on the console too.
beforeEach(() => void vi.spyOn(console, "error").mockImplementation(() => {}));
afterEach(() => vi.restoreAllMocks());

let count = 0;

/** Sends it as it is, under an id of its own, and waits for the end of the run that it starts. */
async function send(name: FerryEventName, data: object): Promise<{ status: string; result: unknown; steps: number }> {
  const { engine } = await import("@/lib/engine/client");
  const mark = `bad-${++count}`;
  await engine.send({ name, id: mark, data });
  const ended = `
    select status, result, (select count(*)::int from ferry_runner.step where run_id = run.id) as steps
      from ferry_runner.run where events like '%"' || $1 || '"%' and status <> 'running' and function_id not like '%failure%'`;
  let found: { status: string; result: string; steps: number } | undefined;
  await expect
    .poll(async () => {
      [found] = await query<NonNullable<typeof found>>(ferry.metadata.spec, ended, [mark]);
      return found;
    }, LIMIT)
    .toBeDefined();
  const { status = "", result = "null", steps = 0 } = found ?? {};
  return { status, result: JSON.parse(result), steps };
}

/** All that an event could harm: what is known of imports, their passwords, and the target. */
async function everything(): Promise<unknown> {
  const known =
    "select i.*, c.side, c.sealed from imports i left join credentials c on c.import_id = i.id order by 1, 2";
  const target =
    "select nspname, relname from pg_class c join pg_namespace n on n.oid = relnamespace where nspname !~ '^pg_' order by 1, 2";
  return [await query(ferry.metadata.spec, known), await query(scene.target.spec, target)];
}

describe("an event that is malformed is refused before anything is done, and its run says why", () => {
  it.each<[FerryEventName, object, string]>([
    ["ferry/import.started", {}, "importId, run"],
    ["ferry/import.started", { importId: { $ne: "" }, run: 1 }, "importId"],
    ["ferry/import.started", { importId: NOBODY, run: "1" }, "run"],
    ["ferry/import.cancelled", { importId: NOBODY }, "discard"],
    ["ferry/import.cancelled", { importId: 7, discard: true }, "importId"],
    ["ferry/import.ended", { importId: "" }, "importId"],
    ["ferry/snapshot.wanted", { importId: NOBODY, epoch: -1, generation: null }, "epoch, generation"],
    ["ferry/lane.wanted", { importId: NOBODY, run: 1, epoch: 1 }, "lane"],
  ])("%s with %j", async (name, data, fields) => {
    const before = await everything();
    expect(await send(name, data)).toMatchObject({
      status: "failed",
      result: { message: `Refused: ${name} is malformed (${fields}).` },
      steps: 0,
    });
    expect(console.error).toHaveBeenCalled();
    expect(await everything()).toEqual(before);
  });
});

describe("an event for an import that does not exist is refused", () => {
  it.each<[FerryEventName, object]>([
    ["ferry/import.started", { importId: NOBODY, run: 1 }],
    ["ferry/import.cancelled", { importId: NOBODY, discard: true }],
    ["ferry/import.ended", { importId: NOBODY }],
    ["ferry/snapshot.wanted", { importId: NOBODY, epoch: 1, generation: 1 }],
    ["ferry/lane.wanted", { importId: NOBODY, run: 1, epoch: 1, lane: 1 }],
  ])("%s", async (name, data) => {
    const before = await everything();
    const { status, result } = await send(name, data);
    expect({ status, result }).toMatchObject({ status: "failed", result: { message: "This import does not exist." } });
    expect(await everything()).toEqual(before);
  });
});

describe("an event of an import that has ended", () => {
  it("changes nothing when it comes once more, and the run says that it is over", async () => {
    const id = await ferry.run(scene.source.url, scene.target.url);
    const view = await ferry.view(id);
    expect(view.status).toBe("succeeded");
    const before = await everything();
    const outcomes = [
      await send("ferry/import.started", { importId: id, run: 1 }),
      await send("ferry/import.started", { importId: id, run: 7 }),
      await send("ferry/lane.wanted", { importId: id, run: 1, epoch: 1, lane: 1 }),
      await send("ferry/snapshot.wanted", { importId: id, epoch: 1, generation: 9 }),
      await send("ferry/import.cancelled", { importId: id, discard: true }),
    ];
    expect(outcomes.map(({ status, result }) => [status, result])).toEqual([
      ["completed", { status: "stopped" }],
      ["completed", { status: "stopped" }],
      ["completed", { end: "stopped" }],
      ["completed", "not-needed"],
      ["failed", expect.objectContaining({ message: "This import is succeeded; it cannot be cleaned up." })],
    ]);
    expect(await everything()).toEqual(before);
    expect((await ferry.view(id)).events).toEqual(view.events);
  });
});

describe("a call of the functions that is not signed by the engine", () => {
  const call = (url: string, fn: string, headers: Record<string, string> = {}) =>
    fetch(`${url}?fnId=ferry-${fn}&stepId=step`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({
        ...{ version: 1, event: { name: "ferry/import.cancelled", data: { importId: NOBODY, discard: true } } },
        ...{
          events: [],
          steps: {},
          ctx: { run_id: "1", attempt: 0, stack: { stack: [], current: 0 } },
          use_api: false,
        },
      }),
    });

  it.each<[string, Record<string, string>]>([
    ["without a signature", {}],
    ["with one of another key", { "x-inngest-signature": `t=${Math.floor(Date.now() / 1_000)}&s=${"ab".repeat(32)}` }],
    ["with one that cannot be read", { "x-inngest-signature": "yes" }],
  ])("%s is refused, and said", async (_, headers) => {
    const { serveFunctions } = await import("@/inngest/serve");
    const functions = await serveFunctions();
    const before = await everything();
    for (const fn of ["run-import", "lane", "keep-snapshot", "clean-up", "notify"]) {
      const answer = await call(functions.url, fn, headers);
      expect(answer.status).toBe(401);
      expect(await answer.text()).not.toContain(process.env.INNGEST_SIGNING_KEY);
    }
    expect(console.error).toHaveBeenCalled();
    expect(await everything()).toEqual(before);
    await functions.stop();
  });
});
