import { expect, test } from "vitest";
import { callBody, memosOf } from "./call-body";

const input = {
  runId: "run",
  events: [{ id: "1", name: "a/b", ts: 1, data: { z: 1, a: 2 } }],
  attempt: 1,
  maxAttempts: 4,
  requestVersion: -1,
  planOnly: true,
  steps: [
    { id: "second", memo: '{"data":null}' },
    { id: "first", memo: '{"error":{"name":"E","message":"m"}}' },
  ],
  useApi: false,
};

test("a call has what the SDK reads, in canonical form", () => {
  const text = callBody(input);
  const body = JSON.parse(text);
  expect(text.indexOf('"a":2')).toBeLessThan(text.indexOf('"z":1'));
  expect(body).toMatchObject({ version: -1, event: { name: "a/b" }, use_api: false });
  expect(body.steps).toEqual({
    second: { type: "data", data: null },
    first: { type: "error", error: { name: "E", message: "m" } },
  });
  expect(body.ctx).toMatchObject({ run_id: "run", attempt: 1, max_attempts: 4, disable_immediate_execution: true });
  expect(body.ctx.stack).toEqual({ stack: ["second", "first"], current: 2 });
  expect(body.ctx).not.toHaveProperty("fn_id");
});

test("a call whose state is fetched still says in which order", () => {
  const body = JSON.parse(callBody({ ...input, useApi: true }));
  expect(body).toMatchObject({ steps: {}, events: [], use_api: true, ctx: { use_api: true } });
  expect(body.ctx.stack.stack).toEqual(["second", "first"]);
});

test("memosOf marks what is an error", () => {
  expect(memosOf([{ id: "x", memo: '{"data":{"error":1}}' }])).toEqual({ x: { type: "data", data: { error: 1 } } });
});
