import type { Define } from "./harness";
import { pause } from "./harness";

interface Keyed {
  key: string;
}

export const stepFunctions: Define = ({ client, probe }) => {
  const on = (event: string, more: { retries?: 0; optimizeParallelism?: boolean } = {}) => ({
    id: event,
    triggers: [{ event: `steps/${event}` }],
    retries: 0 as const,
    ...more,
  });
  const keyOf = (event: { data: unknown }) => (event.data as Keyed).key;

  const sequence = client.createFunction(on("sequence"), async ({ event, step }) => {
    const key = keyOf(event);
    probe.note(`${key} body`);
    const first = await step.run("first", () => {
      probe.note(`${key} first`);
      return { number: 1, date: new Date(0), absent: undefined };
    });
    const second = await step.run("second", () => {
      probe.note(`${key} second`);
      return first.number + 1;
    });
    const nothing = await step.run("nothing", () => {});
    return { first, second, nothing };
  });

  const texts = client.createFunction(on("texts"), async ({ event, step }) => {
    const { text } = event.data as { text: string };
    const inside = await step.run(`inside ${text}`, () => ({ text, [text]: [text] }));
    const after = await step.run("after", () => inside.text === text);
    return { inside, after };
  });

  const chain = client.createFunction(on("chain"), async ({ event, step }) => {
    const { length } = event.data as { length: number };
    let sum = 0;
    for (let number = 0; number < length; number++) sum += await step.run(`step ${number}`, () => number);
    return sum;
  });

  const repeated = client.createFunction(on("repeated"), async ({ step }) => {
    const numbers: number[] = [];
    for (let number = 0; number < 3; number++) numbers.push(await step.run("same id", () => number));
    return numbers;
  });

  const parallel = client.createFunction(on("parallel"), async ({ event, step }) => {
    const key = keyOf(event);
    const letters = await Promise.all(
      ["a", "b", "c", "d"].map((letter, index) =>
        step.run(letter, () =>
          probe.during(`${key} parallel`, async () => {
            probe.note(`${key} ${letter}`);
            await pause(400 - index * 50);
            return letter.toUpperCase();
          }),
        ),
      ),
    );
    return step.run("join", () => letters.join(""));
  });

  const branches = client.createFunction(on("branches"), async ({ event, step }) => {
    const key = keyOf(event);
    return Promise.all(
      [1, 2].map(async (branch) => {
        const first = await step.run(`first ${branch}`, () => branch * 10);
        if (branch === 2) await step.sleep(`sleep ${branch}`, "1s");
        return step.run(`second ${branch}`, () => {
          probe.note(`${key} second ${branch}`);
          return first + 1;
        });
      }),
    );
  });

  const eager = client.createFunction(on("eager", { optimizeParallelism: false }), async ({ event, step }) => {
    const key = keyOf(event);
    const branch = async (name: string, durationMs: number) => {
      await step.run(`${name} 1`, () => pause(durationMs));
      return step.run(`${name} 2`, () => {
        probe.note(`${key} order`, name);
        return name;
      });
    };
    return Promise.all([branch("slow", 900), branch("quick", 0)]);
  });

  const race = client.createFunction(on("race"), async ({ event, step, group }) => {
    const key = keyOf(event);
    const winner = await group.parallel({ mode: "race" }, () =>
      Promise.race([
        step.run("quick", () => "quick"),
        step.run("slow", async () => {
          await pause(1_500);
          probe.note(`${key} slow`);
          return "slow";
        }),
      ]),
    );
    const after = await step.run("after", () => {
      probe.note(`${key} after`, probe.count(`${key} slow`));
      return `${winner} won`;
    });
    return after;
  });

  const sleeper = client.createFunction(on("sleeper"), async ({ step }) => {
    const before = await step.run("before", () => Date.now());
    await step.sleep("a while", "1s");
    const between = await step.run("between", () => Date.now());
    await step.sleepUntil("a moment", new Date(between + 1_500));
    const after = await step.run("after", () => Date.now());
    await step.sleepUntil("the past", new Date(0));
    return { slept: between - before, until: after - between };
  });

  return [sequence, texts, chain, repeated, parallel, branches, eager, race, sleeper];
};
