import { type Define, pause } from "./harness";

interface Keyed {
  key: string;
  id?: string;
  tenant?: string;
}

export const controlFunctions: Define = ({ client, probe }) => {
  const on = (event: string) => ({ id: event, triggers: [{ event: `control/${event}` }], retries: 0 as const });
  const dataOf = (event: { data?: unknown }) => event.data as Keyed;
  const cancelOn = [
    { event: "control/cancel", match: "data.id" },
    { event: "control/cancel-if", if: "async.data.id == event.data.id && async.data.force" },
    { event: "control/cancel-soon", match: "data.id", timeout: "1s" },
  ];

  const sleeps = client.createFunction({ ...on("sleeps"), cancelOn }, async ({ event, step }) => {
    const { key } = dataOf(event);
    await step.run("ready", () => probe.note(`${key} ready`));
    await step.sleep("long", "4s");
    return step.run("after", () => {
      probe.note(`${key} after`);
      return "slept";
    });
  });

  const works = client.createFunction({ ...on("works"), cancelOn }, async ({ event, step }) => {
    const { key } = dataOf(event);
    await step.run("work", async () => {
      probe.note(`${key} ready`);
      await pause(1_500);
      probe.note(`${key} worked`);
    });
    await step.run("after", () => probe.note(`${key} after`));
  });

  const limited = client.createFunction(
    { ...on("limited"), concurrency: { limit: 2, key: "event.data.tenant" } },
    async ({ event, step }) => {
      const { key, tenant } = dataOf(event);
      for (const name of ["one", "two"]) {
        await step.run(name, () =>
          probe.during(`${key} all`, () => probe.during(`${key} ${tenant}`, () => pause(250))),
        );
      }
      return tenant;
    },
  );

  const single = client.createFunction({ ...on("single"), concurrency: 1 }, async ({ event, step }) => {
    const { key } = dataOf(event);
    const begin = await step.run("work", async () => {
      await probe.during(`${key} single`, () => pause(200));
      return Date.now();
    });
    await step.sleep("rest", "3s");
    return { begin, end: await step.run("end", () => Date.now()) };
  });

  return [sleeps, works, limited, single];
};
