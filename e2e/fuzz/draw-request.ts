import { pick, type Random, wholeBelow } from "@/e2e/faults/random";

export interface FuzzRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string | null;
}

/** What there is to be asked for: routes and actions of the build, and ids that exist. */
export interface FuzzGround {
  routes: readonly string[];
  actions: readonly string[];
  ids: readonly string[];
}

const METHODS = ["GET", "GET", "GET", "POST", "POST", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "PURGE"];
const ODD = [
  ...["%00", "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "..", "%ff", "%F0%9F%9A%A2", "'", "%22%3E%3Cscript%3E", "0", "-1"],
  ...["9".repeat(40), "a".repeat(3_000), "01ARZ3NDEKTSV4RRFFQ69G5FAV", "null", "__proto__", "constructor", "%5B%5D"],
  ...["1e309", "$1", "%0d%0aX-Injected:%201", "json", "markdown", "statement", "a/b", "%252e", ";", "%7B%7B7*7%7D%7D"],
];
const ODD_VALUES: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1.5, 1e308, "", "x", "x".repeat(20_000), [], {}, [[]], "\u0000", "\ud800", "🚢"],
  ...["postgres://a:b@127.0.0.1:1/c", "postgres://", "postgres://a@/tmp", "' or 1=1 --", { kind: "local" }],
  ...[{ kind: "url", text: "postgres://a:b@127.0.0.1:1/c" }, { __proto__: { x: 1 } }, { kind: "__proto__" }],
];
const NAMES = [
  ...["sourceText", "demo", "target", "options", "letGo", "all", "discard", "source", "bytesPerSecond", "lanes"],
  ...["verify", "id", "__proto__", "constructor", "then", "toString"],
];
const HEADERS: Record<string, readonly string[]> = {
  accept: ["text/html", "application/json", "application/x-ndjson", "text/event-stream", "*/*", "", "x".repeat(2_000)],
  "content-type": [
    ...["application/json", "text/plain;charset=UTF-8", "multipart/form-data; boundary=x", "multipart/form-data"],
    ...["application/x-www-form-urlencoded", "application/octet-stream", "application/json; charset=utf-7"],
  ],
  origin: ["null", "https://evil.example", "http://127.0.0.1", "%%%"],
  "sec-fetch-site": ["cross-site", "same-origin", "none", "odd"],
  cookie: ["ferry-theme=dark", "ferry-theme=\u00ff", "a=b; ferry-theme=%00", "x".repeat(3_000)],
  rsc: ["1", "0"],
  "next-router-prefetch": ["1", "2"],
  "next-router-state-tree": ["%5B%22%22%5D", "{", "%", "[]"],
  "next-router-segment-prefetch": ["/_tree", "/../..", "x"],
  "next-url": ["/", "//evil.example", "%"],
  "x-forwarded-for": ["127.0.0.1", "::1, 1.1.1.1", "x", ","],
  "x-forwarded-proto": ["https", "javascript", "https,http"],
  "x-middleware-subrequest": ["proxy:proxy:proxy:proxy:proxy", "middleware"],
  "last-event-id": ["0", "x", "9".repeat(400)],
  "idempotency-key": ["k", "", "\u00e4", "x".repeat(300)],
  "x-inngest-signature": ["t=1&s=00", "x"],
  "x-inngest-server-kind": ["dev", "cloud"],
  range: ["bytes=0-0", "bytes=9-1"],
  "if-none-match": ["*", '"x"'],
  "accept-encoding": ["gzip", "br", "identity", "x"],
};

/** Beside the routes of the build. */
const NEXTS_OWN = [
  "/_next/static/[name]",
  "/_next/static/chunks/[name].js",
  "/_next/data/[build].json",
  "/_next/image",
];

export function drawRequest(random: Random, ground: FuzzGround): FuzzRequest {
  const method = pick(random, METHODS);
  const headers: Record<string, string> = {};
  for (let count = wholeBelow(random, 4); count > 0; count--) {
    const name = pick(random, Object.keys(HEADERS));
    headers[name] = pick(random, HEADERS[name] ?? [""]);
  }
  const takesBody = !["GET", "HEAD", "OPTIONS"].includes(method);
  if (takesBody && ground.actions.length > 0 && random() < 0.25) {
    headers["next-action"] = random() < 0.8 ? pick(random, ground.actions) : pick(random, ["x", "0".repeat(42), "%00"]);
  }
  const body = takesBody && random() < 0.9 ? drawBody(random, ground) : null;
  return { method, path: drawPath(random, ground), headers, body };
}

function drawPath(random: Random, { routes, ids }: FuzzGround): string {
  const part = () => (random() < 0.5 ? pick(random, ids) : pick(random, ODD));
  const route = random() < 0.9 ? pick(random, [...routes, ...NEXTS_OWN]) : `/${part()}/${part()}`;
  const path = route.replace(/\[[^\]]+\]/g, part);
  const query = random() < 0.3 ? `?${pick(random, ["before", "step", "import", "_rsc", "limit", "q"])}=${part()}` : "";
  return `${path}${random() < 0.05 ? "/" : ""}${query}`;
}

function drawBody(random: Random, { ids }: FuzzGround): string {
  const kind = random();
  if (kind < 0.1) return pick(random, ["", "{", "null", "[", '"', "\u0000", "x=1&y=2", "--x\r\n\r\n--x--", "%"]);
  if (kind < 0.15) return "x".repeat(wholeBelow(random, 400_000));
  if (kind < 0.3) return JSON.stringify([pick(random, ids), drawObject(random)]);
  return JSON.stringify(drawObject(random));
}

function drawObject(random: Random): unknown {
  const count = wholeBelow(random, 4);
  return Object.fromEntries(Array.from({ length: count }, () => [pick(random, NAMES), pick(random, ODD_VALUES)]));
}
