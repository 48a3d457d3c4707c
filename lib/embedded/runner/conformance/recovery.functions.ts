import { type Define, pause } from "./harness";

/** What happens in the middle of a step; set by the test. */
export interface Interruption {
  during: () => Promise<void> | void;
}

export function recoveryFunctions(interruption: Interruption): Define {
  return ({ client, probe }) => {
    const on = (event: string) => ({ id: event, triggers: [{ event: `recovery/${event}` }], retries: 0 as const });
    const keyOf = (event: { data?: unknown }) => (event.data as { key: string }).key;

    const interrupted = client.createFunction(on("interrupted"), async ({ event, step, attempt }) => {
      const key = keyOf(event);
      const note = (name: string) => probe.note(`${key} ${name}`, attempt);
      await step.run("before", () => note("before"));
      const times = await step.run("interrupted", async () => {
        const times = note("interrupted");
        if (times === 1) await interruption.during();
        return times;
      });
      await step.run("after", () => note("after"));
      return times;
    });

    const chain = client.createFunction(on("chain"), async ({ event, step }) => {
      const key = keyOf(event);
      for (let number = 0; number < 5; number++) {
        await step.run(`step ${number}`, async () => {
          probe.note(`${key} step ${number}`);
          await pause(5);
        });
      }
      const parallel = [1, 2, 3].map((number) =>
        step.run(`parallel ${number}`, () => probe.note(`${key} parallel ${number}`)),
      );
      return (await Promise.all(parallel)).length;
    });

    const limited = client.createFunction(
      { ...on("limited"), concurrency: [{ limit: 3, key: "event.data.group" }] },
      async ({ step }) => step.run("work", () => probe.during("limited", () => pause(30))),
    );

    const patient = client.createFunction(on("patient"), async ({ event, step }) => {
      const key = keyOf(event);
      await step.run("before", () => probe.note(`${key} before`));
      await step.sleep("sleep", "2s");
      await step.run("between", () => probe.note(`${key} between`));
      const found = await step.waitForEvent("wait", { event: "recovery/answer", match: "data.key", timeout: "20s" });
      return found?.data.answer;
    });

    const late = client.createFunction(on("late"), async ({ event, step }) => {
      return step.run("late", () => probe.note(`${keyOf(event)} late`));
    });

    return [interrupted, chain, limited, patient, late];
  };
}
