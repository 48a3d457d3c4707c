import { describe, expect, type TestContext, test } from "vitest";
import { listRuns, runDetail, type Tuning } from "../index";
import { childCounts, childRuns, functionIds, runSummary } from "../listing";
import { removeHistory } from "../store/history";
import { bearer, newKey, registerByItself } from "./engine";
import { isOwnEngine, pause } from "./harness";
import { Scene } from "./own-runner";
import { surfaceFunctions, withCron, withCronAndEvent, withOneMore, withUnknownOption } from "./surface.functions";

async function open(context: TestContext, tuning: Partial<Tuning> = {}, define = surfaceFunctions): Promise<Scene> {
  const scene = await Scene.open("surface", define, tuning);
  context.onTestFinished(() => scene.close());
  return scene;
}

// About this project's runner alone: another engine keeps its state and its patience elsewhere.
describe.skipIf(!isOwnEngine).concurrent("the embedded runner", () => {
  test("registers an app that comes later, and again one that comes back as another", async (context) => {
    const scene = await open(context);
    await scene.app.down();
    const runner = await scene.start();
    const registered = runner.register();
    await pause(300);
    await scene.app.up();
    await registered;
    expect((await scene.run("quick")).output).toBe("quick");

    await scene.app.down();
    scene.meet(runner.url, withOneMore);
    await scene.app.up();
    await registerByItself(scene.app.url);
    expect((await scene.run("new")).output).toBe("new");
  });

  test("goes on at once when an app that was away answers again", async (context) => {
    const scene = await open(context, { unreachableDelaysMs: [20, 60_000] });
    await scene.startRegistered();
    await scene.app.down();
    const { id } = await scene.send("quick");
    await scene.row("select from ferry_runner.job where unreachable_count > 1");
    await scene.app.up();
    expect((await scene.ended(id)).output).toBe("quick");
  });

  test("gives an app up that stays away for longer than its patience", async (context) => {
    const scene = await open(context, { unreachablePatienceMs: 300, unreachableDelaysMs: [50] });
    await scene.startRegistered();
    await scene.app.down();
    const { id } = await scene.send("quick");
    await scene.row("select from ferry_runner.run where status = 'failed'");
    await scene.app.up();
    const { status, output } = await scene.ended(id);
    expect(status).toBe("failed");
    expect(output).toMatchObject({ message: expect.stringMatching(/could not be reached: ECONNREFUSED/) });
  });

  test("does not wait for a step for ever", async (context) => {
    const scene = await open(context, { callTimeoutMs: 300 });
    await scene.startRegistered();
    const { status, output } = await scene.run("hangs");
    expect(status).toBe("failed");
    expect(output).toMatchObject({ message: "The function did not answer in time." });
  });

  test("does not register an app with another signing key", async (context) => {
    const scene = await open(context);
    const runner = await scene.start();
    scene.app.serve("surface", { ...scene.options, signingKey: newKey(), url: runner.url }, surfaceFunctions);
    await expect(runner.register()).rejects.toThrow(/another signing key/);
    expect(scene.log.join("\n")).toMatch(/cannot be registered: it has another signing key/);
  });

  test("does not believe an answer that is not signed", async (context) => {
    const scene = await open(context);
    await scene.startRegistered();
    scene.app.impersonate((_, response) => {
      response.writeHead(200, { "content-type": "application/json", "x-inngest-sdk": "js:v4" }).end('"forged"');
    });
    await scene.send("quick");
    const run = await scene.row("select result from ferry_runner.run where status = 'failed'");
    expect(run.result).toMatch(/not signed/);
  });

  test("refuses functions with options it would silently ignore", async (context) => {
    const scene = await open(context, {}, withUnknownOption);
    const runner = await scene.start();
    await expect(runner.register()).rejects.toThrow(/debounced uses debounce, which the embedded runner does not have/);
    await expect(registerByItself(scene.app.url)).rejects.toThrow(/debounced uses debounce/);
  });

  test.for([
    ["noon", withCron],
    ["often", withCronAndEvent],
  ] as const)("refuses an app with a cron trigger, which it would never pull: %s", async ([id, define], context) => {
    const scene = await open(context, {}, define);
    const runner = await scene.start();
    const refusal = `function conformance-surface-${id} has a cron trigger, which the embedded runner does not have`;
    await expect(runner.register()).rejects.toThrow(refusal);
    await expect(registerByItself(scene.app.url)).rejects.toThrow(refusal);
    expect(scene.log.join("\n")).toContain(refusal);
    // None of its functions is known by half.
    expect(await functionIds(scene.pool)).toEqual([]);
  });

  test("fails a run that asks for what it does not know, by name", async (context) => {
    const scene = await open(context);
    await scene.startRegistered();
    const { status, output } = await scene.run("signals");
    expect(status).toBe("failed");
    expect(output).toMatchObject({ message: "This runner does not support WaitForSignal." });
  });

  test("delivers an event to the others when a function can never be started by it", async (context) => {
    const scene = await open(context);
    await scene.startRegistered();
    const { output } = await scene.run("impossible");
    expect(output).toBe("possible");
    expect((await scene.run("quick")).output).toBe("quick");
    expect(scene.log.join("\n")).toMatch(/surface\/impossible\) could not start conformance-surface-impossible/);
  });

  test("gives the state of runs only to those with the signing key", async (context) => {
    const scene = await open(context);
    const { url } = await scene.startRegistered();
    const { runId } = await scene.run("quick");
    const statusOf = async (path: string, headers: Record<string, string> = {}) =>
      (await fetch(`${url}${path}`, { headers })).status;
    expect(await statusOf("/health")).toBe(200);
    expect(await statusOf("/elsewhere")).toBe(404);
    for (const path of [`/v0/runs/${runId}/actions`, `/v0/runs/${runId}/batch`, `/v1/runs/${runId}`]) {
      expect(await statusOf(path)).toBe(401);
      expect(await statusOf(path, bearer(newKey()))).toBe(401);
      expect(await statusOf(path, bearer(scene.options.signingKey))).toBe(200);
    }
    expect((await fetch(`${url}/fn/register`, { method: "POST", body: "{}" })).status).toBe(401);
  });

  test("refuses a signing key that self-hosted Inngest would refuse", async (context) => {
    const scene = await open(context);
    await expect(scene.start({ signingKey: "abc" })).rejects.toThrow(/signing key/);
  });

  test("lists runs and their steps", async (context) => {
    const scene = await open(context);
    await scene.startRegistered();
    const quick = await scene.run("quick");
    const failed = await scene.run("fails");
    await scene.send("sleeps");
    await scene.row("select from ferry_runner.job where kind = 'wake'");
    const { pool } = scene;
    const [sleeping] = await listRuns(pool, { functionId: "conformance-surface-sleeps" });

    const ids = (await listRuns(pool, { limit: 100 })).map(({ id }) => id);
    expect(ids).toEqual([...ids].sort().reverse());
    expect(ids).toEqual(expect.arrayContaining([quick.runId, failed.runId, sleeping?.id]));
    expect((await listRuns(pool, { status: "failed" })).map(({ id }) => id)).toEqual([failed.runId]);
    expect(await runDetail(pool, quick.runId)).toMatchObject({
      status: "completed",
      eventName: "surface/quick",
      result: "quick",
      steps: [{ name: "quick", op: "StepRun", state: "recorded", memo: '{"data":"quick"}', attempts: 1 }],
    });
    expect((await runDetail(pool, failed.runId))?.steps).toMatchObject([{ name: "fails", state: "failed" }]);
    expect((await runDetail(pool, sleeping?.id ?? ""))?.steps).toMatchObject([
      { name: "before", state: "recorded" },
      { name: "long", op: "Sleep", state: "waiting", dueAt: expect.any(Date) },
    ]);
    expect(await runDetail(pool, "none")).toBeNull();
  });

  test("lists the runs that a run has started, the newest of them first", async (context) => {
    const scene = await open(context);
    await scene.startRegistered();
    const { runId } = await scene.run("invokes");
    const alone = await scene.run("quick");
    const { pool } = scene;

    const children = await childRuns(pool, [runId, alone.runId], 2);
    expect(children).toMatchObject([
      { parentRunId: runId, functionId: "conformance-surface-quick", status: "completed" },
      { parentRunId: runId },
    ]);
    expect(children.map(({ id }) => id)).toEqual(
      (await listRuns(pool, { functionId: "conformance-surface-quick" })).slice(1, 3).map(({ id }) => id),
    );
    expect(await childCounts(pool, [runId, alone.runId])).toEqual(new Map([[runId, 3]]));

    const roots = (await listRuns(pool, { rootsOnly: true, limit: 100 })).map(({ id }) => id);
    expect(roots).toEqual(expect.arrayContaining([runId, alone.runId]));
    expect(roots).not.toContain(children[0]?.id);
    expect(await runSummary(pool, runId)).toMatchObject({ functionId: "conformance-surface-invokes", stepCount: 3 });
    expect(await functionIds(pool)).toContain("conformance-surface-invokes");
  });

  test("forgets finished runs after a week, and no others", async (context) => {
    const scene = await open(context);
    await scene.startRegistered();
    await scene.run("quick");
    await scene.send("sleeps");
    await scene.row("select from ferry_runner.job where kind = 'wake'");
    await scene.query("update ferry_runner.run set ended_at = ended_at - interval '8 days'");
    await scene.query("update ferry_runner.event set delivered_at = delivered_at - interval '8 days'");
    await removeHistory(scene.pool, 7 * 86_400_000);
    const [left] = await scene.query(
      `select (select count(*)::int from ferry_runner.run where ended_at < now() - interval '7 days') as old,
              (select count(*)::int from ferry_runner.run where function_id like '%surface-sleeps') as sleeping,
              (select count(*)::int from ferry_runner.event where delivered_at < now() - interval '7 days') as events`,
    );
    expect(left).toEqual({ old: 0, sleeping: 1, events: 0 });
  });
});
