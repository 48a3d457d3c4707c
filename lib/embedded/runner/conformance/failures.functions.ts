import { NonRetriableError, RetryAfterError } from "inngest";
import type { Define } from "./harness";

class OwnError extends Error {
  override readonly name = "OwnError";
}

const keyOf = (event: { data?: unknown }) => (event.data as { key: string }).key;

export const failureFunctions: Define = ({ client, probe }) => {
  const on = <Retries extends 0 | 1 | 3>(event: string, retries: Retries) => ({
    id: event,
    triggers: [{ event: `failures/${event}` }],
    retries,
  });

  const flaky = client.createFunction(on("flaky", 3), async ({ event, step, attempt }) => {
    const key = keyOf(event);
    const before = await step.run("before", () => probe.note(`${key} before`));
    const result = await step.run("flaky", () => {
      if (probe.note(`${key} attempts`, attempt) < 3) throw new Error("not yet");
      return "at last";
    });
    return { before, result };
  });

  const caught = client.createFunction(on("caught", 1), async ({ event, step }) => {
    const key = keyOf(event);
    try {
      await step.run("fails", () => {
        probe.note(`${key} fails`);
        throw new OwnError("no", { cause: new TypeError("the root") });
      });
    } catch (error) {
      const { name, message, cause } = error as Error;
      const after = await step.run("after", () => "went on");
      return { name, message, cause: (cause as Error | undefined)?.message, after };
    }
  });

  const uncaught = client.createFunction(
    {
      ...on("uncaught", 1),
      onFailure: async ({ event, error, step }) => {
        const original = event.data.event;
        await step.run("note", () => {
          const { message, name } = error;
          probe.note(`${keyOf(original)} onFailure`, {
            message,
            name,
            of: event.data.function_id,
            data: original.data,
          });
        });
      },
    },
    async ({ event, step }) => {
      await step.run("fails", () => {
        probe.note(`${keyOf(event)} fails`);
        throw new OwnError("nobody catches this");
      });
    },
  );

  const final = client.createFunction(on("final", 3), async ({ event, step }) => {
    const key = keyOf(event);
    let message = "";
    try {
      await step.run("final", () => {
        probe.note(`${key} step`);
        throw new NonRetriableError("never again");
      });
    } catch (error) {
      message = (error as Error).message;
    }
    probe.note(`${key} body`);
    throw new NonRetriableError(`gave up: ${message}`);
  });

  const later = client.createFunction(on("later", 1), async ({ event, step }) => {
    const key = keyOf(event);
    return step.run("later", () => {
      if (probe.note(`${key} times`, Date.now()) === 1) throw new RetryAfterError("wait", 2_000);
      return "done";
    });
  });

  const body = client.createFunction(on("body", 1), async ({ event, attempt }) => {
    probe.note(`${keyOf(event)} attempts`, attempt);
    if (attempt === 0) throw new Error("the first time");
    return attempt;
  });

  const oneOfThree = client.createFunction(on("one-of-three", 1), async ({ event, step }) => {
    const key = keyOf(event);
    const results = await Promise.allSettled(
      [1, 2, 3].map((number) =>
        step.run(`step ${number}`, () => {
          probe.note(`${key} step ${number}`);
          if (number === 2) throw new Error("two");
          return number;
        }),
      ),
    );
    return results.map((result) => (result.status === "fulfilled" ? result.value : String(result.reason?.message)));
  });

  const byDefault = client.createFunction(
    { id: "by-default", triggers: [{ event: "failures/by-default" }] },
    async ({ attempt, maxAttempts, step }) => step.run("note", () => ({ attempt, maxAttempts })),
  );

  return [byDefault, flaky, caught, uncaught, final, later, body, oneOfThree];
};
