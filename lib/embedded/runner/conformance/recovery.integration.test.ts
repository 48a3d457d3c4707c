import { describe, expect, type TestContext, test } from "vitest";
import { privateServer } from "@/e2e/servers/test-servers";
import type { Tuning } from "../index";
import { isOwnEngine, pause } from "./harness";
import { Scene } from "./own-runner";
import { type Interruption, recoveryFunctions } from "./recovery.functions";

// What is killed here is this project's runner; another engine is only told that this part is left out.
describe.skipIf(!isOwnEngine).concurrent("the embedded runner loses nothing", () => {
  test("when it is killed between the call and the record of its answer", async (context) => {
    const { scene, interruption } = await open(context);
    const first = await scene.startProcess();
    interruption.during = async () => {
      await first.kill();
      void scene.start();
    };
    const { key, id } = await scene.send("interrupted");
    expect(await scene.ended(id)).toMatchObject({ status: "completed", output: 2 });
    expect(scene.counts(key, "before", "interrupted", "after")).toEqual([1, 2, 1]);
    expect(scene.app.probe.values(`${key} interrupted`)).toEqual([0, 0]);
  });

  test("when the app is killed in the middle of a step: the call is made again, at no cost of an attempt", async (context) => {
    const { scene, interruption } = await open(context);
    await scene.startRegistered();
    interruption.during = async () => {
      await scene.app.down();
      setTimeout(() => void scene.app.up(), 700);
    };
    const { key, id } = await scene.send("interrupted");
    expect(await scene.ended(id)).toMatchObject({ status: "completed", output: 2 });
    expect(scene.app.probe.values(`${key} interrupted`)).toEqual([0, 0]);
    expect(scene.counts(key, "before", "after")).toEqual([1, 1]);
  });

  test("when it stalls and another takes over: the late answer is dropped", async (context) => {
    const { scene, interruption } = await open(context, { leaseMs: 1_000, heartbeatMs: 300, pollMs: 100 });
    const first = await scene.startProcess();
    let answer = () => {};
    const late = new Promise<void>((resolve) => {
      answer = resolve;
    });
    interruption.during = async () => {
      first.child.kill("SIGSTOP");
      await scene.start();
      await late;
    };
    const { key, id } = await scene.send("interrupted");
    expect(await scene.ended(id)).toMatchObject({ status: "completed", output: 2 });
    answer();
    first.child.kill("SIGCONT");
    await pause(800);
    expect(scene.counts(key, "before", "interrupted", "after")).toEqual([1, 2, 1]);
    const [run] = await scene.query("select step_count from ferry_runner.run where event_id = $1", [id]);
    expect(run).toEqual({ step_count: 3 });
  });

  test("when it is stopped and started while runs sleep and wait", async (context) => {
    const { scene } = await open(context);
    await scene.startRegistered();
    const { key, id } = await scene.send("patient");
    await scene.row("select from ferry_runner.job where op = 'Sleep'");
    await scene.stopRunners();
    await pause(500);
    await scene.start();
    await scene.row("select from ferry_runner.wait where event_name = 'recovery/answer'");
    await scene.send("answer", { key, answer: 42 });
    expect((await scene.ended(id)).output).toBe(42);
    expect(scene.counts(key, "before", "between")).toEqual([1, 1]);
  });

  test("when events come before the app does", async (context) => {
    const { scene } = await open(context);
    await scene.app.down();
    await scene.start();
    const { id } = await scene.send("late");
    await pause(400);
    await scene.app.up();
    expect((await scene.ended(id)).output).toBe(1);
  });

  test("with two runners on one database, which run each step once and keep limits together", async (context) => {
    const { scene } = await open(context);
    const runners = [await scene.startRegistered(), await scene.startRegistered()];
    const events: { key: string; id: string }[] = [];
    for (let number = 0; number < 16; number++) {
      scene.meet(runners[number % 2]?.url ?? "");
      events.push(await scene.send("chain"));
      if (number % 2 === 0) events.push(await scene.send("limited", { group: "g" }));
    }
    await Promise.all(events.map(({ id }) => scene.ended(id)));
    const names = ["step 0", "step 1", "step 2", "step 3", "step 4", "parallel 1", "parallel 2", "parallel 3"];
    for (const { key } of events) expect(Math.max(...scene.counts(key, ...names))).toBeLessThanOrEqual(1);
    expect(scene.app.probe.most("limited")).toBeLessThanOrEqual(3);
    const [workers] = await scene.query("select count(distinct runner_id)::int as count from ferry_runner.event");
    expect(workers).toEqual({ count: 2 });
  });

  test("when its database is away while a step ends", async (context) => {
    const server = await privateServer(18);
    const { scene, interruption } = await open(context);
    context.onTestFinished(async () => {
      await scene.stopRunners();
      await server.remove();
    });
    await scene.startRegistered({ databaseUrl: (await server.createDatabase()).url });
    interruption.during = async () => {
      await server.kill();
      setTimeout(() => void server.start(), 1_500);
    };
    const { key, id } = await scene.send("interrupted");
    expect(await scene.ended(id)).toMatchObject({ status: "completed", output: 1 });
    expect(scene.counts(key, "before", "interrupted", "after")).toEqual([1, 1, 1]);
  });
});

async function open(
  context: TestContext,
  tuning: Partial<Tuning> = {},
): Promise<{ scene: Scene; interruption: Interruption }> {
  const interruption: Interruption = { during: () => {} };
  const scene = await Scene.open("recovery", recoveryFunctions(interruption), tuning);
  context.onTestFinished(() => scene.close());
  return { scene, interruption };
}
