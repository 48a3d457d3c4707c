import { referenceFunction } from "inngest";
import type { Define } from "./harness";

interface Keyed {
  key: string;
  id: string;
}

export const waitFunctions: Define = ({ client, probe }) => {
  const on = (event: string) => ({ id: event, triggers: [{ event: `waits/${event}` }], retries: 0 as const });
  const dataOf = (event: { data: unknown }) => event.data as Keyed;

  const match = client.createFunction(on("match"), async ({ event, step }) => {
    const { key } = dataOf(event);
    await step.run("ready", () => void setTimeout(() => probe.note(`${key} ready`), 500));
    const found = await step.waitForEvent("wait", { event: "waits/answer", match: "data.id", timeout: "20s" });
    return found && { name: found.name, data: found.data };
  });

  const condition = client.createFunction(on("condition"), async ({ event, step }) => {
    const { key } = dataOf(event);
    await step.run("ready", () => void setTimeout(() => probe.note(`${key} ready`), 500));
    const found = await step.waitForEvent("wait", {
      event: "waits/answer",
      if: "async.data.id == event.data.id && async.data.amount > 10",
      timeout: "20s",
    });
    return found?.data.amount;
  });

  const inVain = client.createFunction(on("in-vain"), async ({ step }) => {
    const begin = await step.run("begin", () => Date.now());
    const found = await step.waitForEvent("wait", { event: "waits/never", timeout: "1s" });
    const end = await step.run("end", () => Date.now());
    return { found, tookMs: end - begin };
  });

  const inOneGo = client.createFunction(on("in-one-go"), async ({ event, step }) => {
    const { id } = dataOf(event);
    const [found, sent] = await Promise.all([
      step.waitForEvent("wait", { event: "waits/answer", match: "data.id", timeout: "20s" }),
      step.sendEvent("send", { name: "waits/answer", data: { id } }),
    ]);
    return { found: found?.data, sent: sent.ids.length };
  });

  const twice = client.createFunction(on("twice"), async ({ event, step }) => {
    const { key } = dataOf(event);
    await step.run("ready", () => void setTimeout(() => probe.note(`${key} ready`), 500));
    const both = ["one", "two"].map((name) =>
      step.waitForEvent(name, { event: "waits/answer", match: "data.id", timeout: "20s" }),
    );
    return (await Promise.all(both)).map((found) => found?.data.id);
  });

  const child = client.createFunction({ id: "child", retries: 0 }, async ({ event, step }) => {
    const { number } = event.data as { number: number };
    return step.run("double", () => ({ doubled: number * 2, event: event.name }));
  });

  const badChild = client.createFunction({ id: "bad-child", retries: 0 }, async () => {
    throw new RangeError("the child fails");
  });

  const slowChild = client.createFunction(
    { id: "slow-child", retries: 0, cancelOn: [{ event: "waits/cancel", match: "data.id" }] },
    async ({ step }) => {
      await step.sleep("long", "15s");
      return "too late";
    },
  );

  const invokes = client.createFunction(on("invokes"), async ({ step }) => {
    const results = await Promise.all(
      [1, 2, 3].map((number) => step.invoke(`call ${number}`, { function: child, data: { number } })),
    );
    return results;
  });

  const nothing = referenceFunction({ functionId: "there-is-none" });
  const invokesInVain = client.createFunction(on("invokes-in-vain"), async ({ step }) => {
    const messages: string[] = [];
    const attempt = async (work: () => Promise<unknown>) => {
      try {
        await work();
      } catch (error) {
        messages.push(`${(error as Error).name}: ${(error as Error).message}`);
      }
    };
    await attempt(() => step.invoke("bad", { function: badChild, data: {} }));
    await attempt(() => step.invoke("none", { function: nothing, data: {} }));
    await attempt(() => step.invoke("slow", { function: slowChild, data: {}, timeout: "1s" }));
    return messages;
  });

  const invokesCancelled = client.createFunction(on("invokes-cancelled"), async ({ event, step }) => {
    const { id, key } = dataOf(event);
    await step.run("ready", () => void setTimeout(() => probe.note(`${key} ready`), 1_000));
    return step.invoke("child", { function: slowChild, data: { id } });
  });

  const onceChild = client.createFunction(
    { id: "once-child", retries: 0, idempotency: "event.data.id" },
    async ({ event }) => dataOf(event).id,
  );

  const invokesTwice = client.createFunction(on("invokes-twice"), async ({ event, step }) => {
    const { id } = dataOf(event);
    const first = await step.invoke("first", { function: onceChild, data: { id } });
    try {
      return { first, second: await step.invoke("second", { function: onceChild, data: { id } }) };
    } catch (error) {
      return { first, second: (error as Error).message };
    }
  });

  const justInTime = client.createFunction(on("just-in-time"), async ({ event, step }) => {
    const { key } = dataOf(event);
    await step.run("ready", () => probe.note(`${key} ready`));
    const found = await step.waitForEvent("wait", { event: "waits/answer", match: "data.id", timeout: "1s" });
    await step.run("after", () => probe.note(`${key} after`));
    return found === null ? "too late" : "in time";
  });

  const everything = client.createFunction(on("everything"), async ({ event, step }) => {
    const { id } = dataOf(event);
    return Promise.all([
      step.run("run", () => "ran"),
      step.sleep("sleep", "1s").then(() => step.run("slept", () => "slept")),
      step.invoke("invoke", { function: child, data: { number: 4 } }).then(({ doubled }) => doubled),
      step
        .waitForEvent("wait", { event: "waits/answer", match: "data.id", timeout: "20s" })
        .then((found) => found?.data.id === id),
      step.sendEvent("send", { name: "waits/answer", data: { id } }).then(({ ids }) => ids.length),
    ]);
  });

  return [
    onceChild,
    invokesTwice,
    justInTime,
    everything,
    match,
    condition,
    inVain,
    inOneGo,
    twice,
    child,
    badChild,
    slowChild,
    invokes,
    invokesInVain,
    invokesCancelled,
  ];
};
