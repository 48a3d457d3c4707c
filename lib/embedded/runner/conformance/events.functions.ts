import { CONDITIONS } from "./conditions";
import type { Define } from "./harness";

export const eventFunctions: Define = ({ client, probe }) => {
  const keyOf = (event: { data?: unknown }) => (event.data as { key: string }).key;

  const conditional = CONDITIONS.map(({ condition }, index) =>
    client.createFunction(
      { id: `condition-${index}`, retries: 0, triggers: [{ event: "events/conditional", if: condition }] },
      ({ event }) => void probe.note(`${keyOf(event)} started`, condition),
    ),
  );

  const wildcard = ["events/wild.*", "events/*", "events/wild.card", "other/*"].map((pattern, index) =>
    client.createFunction({ id: `wildcard-${index}`, retries: 0, triggers: [{ event: pattern }] }, ({ event }) => {
      if (event.name.startsWith("events/wild")) probe.note(`${keyOf(event)} started`, pattern);
    }),
  );

  const several = client.createFunction(
    {
      id: "several",
      retries: 0,
      triggers: [{ event: "events/several" }, { event: "events/sever*" }, { event: "events/*" }],
    },
    ({ event }) => {
      if (event.name === "events/several") probe.note(`${keyOf(event)} started`);
    },
  );

  const once = client.createFunction(
    { id: "once", retries: 0, triggers: [{ event: "events/once" }] },
    ({ event, runId }) => void probe.note(`${keyOf(event)} started`, { runId, id: event.id }),
  );

  const idempotent = client.createFunction(
    { id: "idempotent", retries: 0, triggers: [{ event: "events/idempotent" }], idempotency: "event.data.importId" },
    ({ event }) => void probe.note(`${keyOf(event)} started`, event.data.importId),
  );

  const sender = client.createFunction(
    { id: "sender", retries: 0, triggers: [{ event: "sending/twice" }] },
    async ({ event, step }) => {
      const key = keyOf(event);
      const { ids } = await step.sendEvent("send", [
        { name: "events/once", data: { key } },
        { name: "events/once", data: { key } },
      ]);
      return ids.length;
    },
  );

  return [...conditional, ...wildcard, several, once, idempotent, sender];
};
