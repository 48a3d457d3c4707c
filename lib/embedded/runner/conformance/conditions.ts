/** Conditions over the event of the test, and whether they hold on Inngest. */
export const CONDITIONS: { condition: string; holds: boolean }[] = [
  { condition: "event.data.amount > 10", holds: true },
  { condition: "event.data.amount > 100", holds: false },
  { condition: "event.data.amount == 42 && event.data.kind == 'large'", holds: true },
  { condition: "event.data.kind == 'small' || event.data.amount >= 42", holds: true },
  { condition: "event.data.kind != 'small'", holds: true },
  { condition: "!event.data.isTest", holds: true },
  { condition: "event.data.isTest", holds: false },
  { condition: "event.data.tags[0] == 'first'", holds: true },
  { condition: "'second' in event.data.tags", holds: true },
  { condition: "event.data.nested.deep == 'yes'", holds: true },
  { condition: "event.data.absent == 'x'", holds: false },
  { condition: "event.data.absent != 'x'", holds: true },
  { condition: "event.data.absent.deeper == 'x'", holds: false },
  { condition: "event.data.absent == null", holds: true },
  { condition: "event.data.absent != null", holds: false },
  { condition: "event.data.kind != null", holds: true },
  { condition: "event.data.absent == event.data.missing", holds: false },
  { condition: "event.name == 'events/conditional'", holds: true },
];

export const EVENT_DATA = {
  amount: 42,
  kind: "large",
  isTest: false,
  tags: ["first", "second"],
  nested: { deep: "yes" },
};
