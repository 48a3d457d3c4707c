import { describe, expect, test } from "vitest";
import { readAnswer } from "./answer";
import { sign } from "./signature";

const KEY = "00112233445566778899aabbccddeeff";
const NOW = Date.UTC(2030, 0, 1);

interface Given {
  status: number;
  body: string;
  headers?: Record<string, string>;
  from?: "our app" | "another app" | "a proxy";
}

function read({ status, body, headers = {}, from = "our app" }: Given) {
  const signature = { "x-inngest-signature": sign(body, from === "our app" ? KEY : KEY.replace("0", "1"), NOW) };
  const sender = from === "a proxy" ? {} : { "x-inngest-sdk": "js:v4.24.0", ...signature };
  return readAnswer({ kind: "answered", status, body, headers: { ...sender, ...headers } }, KEY, NOW);
}

const error = (message: RegExp, more = {}) => ({
  kind: "error",
  error: expect.objectContaining({ message: expect.stringMatching(message) }),
  final: false,
  ...more,
});

describe("readAnswer", () => {
  test.each<[string, Given, unknown]>([
    ["a result", { status: 200, body: '{"a":1}' }, { kind: "result", result: { a: 1 } }],
    ["no result", { status: 200, body: "null" }, { kind: "result", result: null }],
    [
      "operations",
      { status: 206, body: '[{"op":"Sleep","id":"x","name":"1s"}]', headers: { "x-inngest-req-version": "1" } },
      { kind: "operations", operations: [{ op: "Sleep", id: "x", name: "1s" }], requestVersion: 1, final: false },
    ],
    [
      "one operation on its own",
      { status: 206, body: '{"op":"StepRun","id":"x","data":1}' },
      { kind: "operations", requestVersion: 2 },
    ],
    ["operations of another kind", { status: 206, body: '[{"id":"x"}]' }, error(/does not follow Inngest's protocol/)],
    ["no JSON", { status: 200, body: "<html>" }, error(/not JSON/)],
    ["another app's result", { status: 200, body: "1", from: "another app" }, error(/not signed/)],
    ["a proxy's page", { status: 200, body: "<html>", from: "a proxy" }, error(/did not come from an Inngest SDK/)],
    ["a proxy's error", { status: 500, body: "oops", from: "a proxy" }, error(/oops/)],
    [
      "a gateway without an app",
      { status: 503, body: "", from: "a proxy" },
      { kind: "unreachable", reason: "HTTP 503" },
    ],
    [
      "an error to try again",
      {
        status: 500,
        body: '{"name":"OwnError","message":"no","stack":"at"}',
        headers: { "x-inngest-no-retry": "false", "retry-after": "7" },
      },
      { kind: "error", error: { name: "OwnError", message: "no", stack: "at" }, final: false, retryAfter: "7" },
    ],
    [
      "a final error",
      { status: 400, body: '{"message":"no"}', headers: { "x-inngest-no-retry": "true" } },
      error(/^no$/, { final: true }),
    ],
    [
      "a final error that another app claims",
      { status: 400, body: '{"message":"no"}', headers: { "x-inngest-no-retry": "true" }, from: "another app" },
      error(/^no$/),
    ],
    [
      "a step that is not there",
      { status: 500, body: '{"error":"Could not find step"}' },
      error(/Could not find step/),
    ],
    ["an error without words", { status: 500, body: "" }, error(/HTTP 500/)],
  ])("%s", (_, given, expected) => expect(read(given)).toMatchObject(expected as object));

  test("a streamed answer", () => {
    const body = '{"a":1}';
    const headers = { "x-inngest-sdk": "js", "x-inngest-signature": sign(body, KEY, NOW) };
    const stream = `   ${JSON.stringify({ status: 200, headers, body })}`;
    expect(read({ status: 201, body: stream })).toEqual({ kind: "result", result: { a: 1 } });
    expect(read({ status: 201, body: "   " })).toMatchObject({ kind: "error" });
  });

  test("no answer at all", () => {
    expect(readAnswer({ kind: "unreachable", reason: "ECONNRESET" }, KEY, NOW)).toEqual({
      kind: "unreachable",
      reason: "ECONNRESET",
    });
    expect(readAnswer({ kind: "timed_out" }, KEY, NOW)).toMatchObject(error(/in time/));
    expect(readAnswer({ kind: "too_large" }, KEY, NOW)).toMatchObject(error(/maximum size/));
  });
});
