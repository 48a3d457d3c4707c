import { type Define, pause } from "./harness";

export const surfaceFunctions: Define = ({ client }) => {
  const on = (event: string) => ({ id: event, triggers: [{ event: `surface/${event}` }], retries: 0 as const });
  const quick = client.createFunction(on("quick"), async ({ step }) => step.run("quick", () => "quick"));
  return [
    quick,
    client.createFunction(on("invokes"), async ({ step }) => {
      for (const child of ["first", "second", "third"]) await step.invoke(child, { function: quick, data: {} });
    }),
    client.createFunction(on("hangs"), async ({ step }) => step.run("hangs", () => pause(1_000))),
    client.createFunction(on("fails"), async ({ step }) => {
      await step.run("fails", () => {
        throw new Error("no");
      });
    }),
    client.createFunction(on("sleeps"), async ({ step }) => {
      await step.run("before", () => 1);
      await step.sleep("long", "1h");
    }),
    client.createFunction(
      { ...on("impossible"), cancelOn: [{ event: "surface/never", timeout: "999999999999w" }] },
      async () => "never",
    ),
    client.createFunction({ ...on("possible"), triggers: [{ event: "surface/impossible" }] }, async () => "possible"),
    client.createFunction(on("signals"), async ({ step }) => {
      await step.waitForSignal("signal", { signal: "go", timeout: "1m" });
    }),
  ];
};

export const withOneMore: Define = (served) => [
  ...surfaceFunctions(served),
  served.client.createFunction({ id: "new", triggers: [{ event: "surface/new" }] }, async () => "new"),
];

export const withUnknownOption: Define = ({ client }) => [
  client.createFunction(
    { id: "debounced", triggers: [{ event: "surface/debounced" }], debounce: { period: "5s" } },
    async () => {},
  ),
];

export const withCron: Define = (served) => [
  ...surfaceFunctions(served),
  served.client.createFunction({ id: "noon", triggers: [{ cron: "TZ=Europe/Paris 0 12 * * *" }] }, async () => {}),
];

/** One that also has a trigger which the runner knows. */
export const withCronAndEvent: Define = ({ client }) => [
  client.createFunction(
    { id: "often", triggers: [{ event: "surface/often" }, { cron: "*/5 * * * *" }] },
    async () => "often",
  ),
];
