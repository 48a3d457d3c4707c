import type { Define } from "./harness";

const MIB = 1024 * 1024;

export const limitFunctions: Define = ({ client, probe }) => {
  const on = (event: string) => ({ id: event, triggers: [{ event: `limits/${event}` }], retries: 0 as const });
  const dataOf = (event: { data?: unknown }) => event.data as { key: string; bytes: number; steps: number };
  const numbers = (length: number) => Array.from({ length }, (_, index) => index);

  const largeStep = client.createFunction(on("large-step"), async ({ event, step }) => {
    const text = await step.run("large", () => "x".repeat(dataOf(event).bytes));
    return text.length;
  });

  const largeRun = client.createFunction(on("large-run"), async ({ event, step }) => {
    let bytes = 0;
    for (const number of numbers(dataOf(event).steps)) {
      bytes += (await step.run(`step ${number}`, () => "x".repeat(MIB))).length;
    }
    const small = await step.run("small", () => {
      probe.note(`${dataOf(event).key} small`);
      return 1;
    });
    return bytes + small;
  });

  const manySteps = client.createFunction(on("many-steps"), async ({ event, step }) => {
    for (const number of numbers(dataOf(event).steps)) await step.run(`step ${number}`, () => number);
    return "done";
  });

  const wide = client.createFunction(on("wide"), async ({ event, step }) => {
    await Promise.all(numbers(dataOf(event).steps).map((number) => step.run(`step ${number}`, () => number)));
    return "done";
  });

  const farSleep = client.createFunction(on("far-sleep"), async ({ step }) => {
    await step.sleep("far", "800d");
  });

  return [largeStep, largeRun, manySteps, wide, farSleep];
};
