import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { importOptionsSchema } from "@/lib/plan/options";
import type { ImportView } from ".";
import { forStrangers, shortHost } from "./for-strangers";

interface Names {
  source: { host: string; user: string };
  target: { host: string; user: string };
}

/** A view whose every text tells who and where, as a server's own words may. */
function talkative(names: Names, say: (text: string) => string): ImportView {
  const words = say(
    `user ${names.source.user} at ${names.source.host}:5432 to ${names.target.host} as "${names.target.user}"`,
  );
  const end = { port: 5432, database: "shop", version: "15.10", neon: null, provider: "Neon", kind: "url" as const };
  return {
    id: "01J",
    name: "shop",
    status: "failed",
    phase: "copy",
    headline: words,
    source: { ...end, ...names.source },
    target: { ...end, ...names.target },
    options: importOptionsSchema.parse({
      owners: { mode: "map", roles: { [names.source.user]: names.target.user } },
    }),
    by: words,
    passwordsNeeded: ["source"],
    createdAt: "2026-11-20T09:00:00.000Z",
    startedAt: null,
    finishedAt: null,
    now: "2026-11-20T09:00:00.000Z",
    progress: {
      fraction: 0.5,
      rowsDone: 1,
      rowsExpected: 2,
      bytesDone: 3,
      bytesExpected: 4,
      bytesPerSecond: 5,
      secondsLeft: null,
    },
    throughput: null,
    snapshotHeldSince: null,
    pause: { snapshot: "held", heldUntil: null, atWork: [words] },
    largeObjects: null,
    tables: [],
    work: [],
    lanes: [],
    statements: [],
    findings: [{ code: "note", severity: "warn", subject: words, message: words, remedy: words, sql: words }],
    skipped: [{ object: `acl ${words}`, reason: words }],
    events: [{ seq: 1, at: "2026-11-20T09:00:00.000Z", level: "info", kind: "note", message: words }],
    error: { code: "connect.failed", what: words, unharmed: words, remedy: words },
    verification: {
      status: "differences",
      compared: 1,
      objects: null,
      differences: [{ subject: words, kind: "object", source: "present", target: "missing", detail: words }],
    },
  };
}

const letters = "qwxzjkvQWXZJKV";
const user = fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom(...letters, "_", "-", "$", "+") });
/** No letter of these is in any word of a view, so that a hit is a leak. */
const label = fc.string({ minLength: 2, maxLength: 8, unit: fc.constantFrom(...letters) });
const host = fc.oneof(
  label,
  // The provider's name is what a link may tell.
  fc.array(label, { minLength: 1, maxLength: 3 }).map((labels) => [...labels, "cloud", "example"].join(".")),
  fc.ipV4(),
  fc
    .tuple(fc.integer({ min: 0x1000, max: 0xffff }), fc.integer({ min: 1, max: 0xffff }))
    .map(([left, right]) => `2001:db8:${left.toString(16)}::${right.toString(16)}`),
);

describe("what a link tells", () => {
  it("names no host and no user, whatever the server said", () => {
    fc.assert(
      fc.property(host, user, host, user, fc.boolean(), (sourceHost, sourceUser, targetHost, targetUser, shout) => {
        // A dollar or dash alone may stand for itself elsewhere.
        fc.pre([sourceUser, targetUser].every((name) => /[a-z]/i.test(name)));
        const names = {
          source: { host: sourceHost, user: sourceUser },
          target: { host: targetHost, user: targetUser },
        };
        const shared = forStrangers(talkative(names, (text) => (shout ? text.toUpperCase() : text)));
        const told = JSON.stringify(shared).toLowerCase();
        for (const end of [shared.source, shared.target]) expect(end).toMatchObject({ port: 0, user: null });
        for (const secret of [sourceHost, targetHost]) expect(told).not.toContain(secret.toLowerCase());
        for (const secret of [sourceUser, targetUser]) {
          const longer = told.split(/[^a-z0-9_$+-]+/).filter((word) => word === secret.toLowerCase());
          expect(longer).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("does not name rows, whose keys are data", () => {
    const names = { source: { host: "a.example.com", user: "anna" }, target: { host: "10.0.0.7", user: "sa" } };
    const view = talkative(names, () => "");
    const [event] = view.events;
    const told = "public.users differs: rows: 1 missing; (email) = (anna@home) is missing on the target";
    const detail = "rows: 1 missing; (email) = (anna@home) is missing on the target";
    const row = { subject: "public.users", source: "2", target: "1", detail };
    const shared = forStrangers({
      ...view,
      events: event ? [{ ...event, kind: "rows.differ", message: told }] : [],
      verification: { ...view.verification, differences: ["rows", "values"].map((kind) => ({ ...row, kind })) },
    });
    expect(shared.events.map(({ message }) => message)).toEqual(["public.users differs."]);
    expect(shared.verification.differences.map((difference) => difference.detail)).toEqual([null, null]);
  });

  it("keeps everything else as it is", () => {
    const names = { source: { host: "db.example.com", user: "anna" }, target: { host: "10.0.0.7", user: "sa" } };
    const view = talkative(
      names,
      () => "Copying public.orders: 3 of 12, sales and usage, at 12:30:45 with 17.10 and x::date.",
    );
    const shared = forStrangers(view);
    expect(shared).toEqual({
      ...view,
      findings: [],
      by: null,
      passwordsNeeded: [],
      source: { ...view.source, host: "•••.example.com", port: 0, user: null },
      target: { ...view.target, host: "•••", port: 0, user: null },
      options: { ...view.options, owners: { mode: "keep" } },
    });
  });

  it("knows a host by its number too", () => {
    const names = { source: { host: "db.example.com", user: "anna" }, target: { host: "localhost", user: "ferry" } };
    const shared = forStrangers(talkative(names, () => "connect ECONNREFUSED 10.1.2.3:5432 and fe80::1 and ::1:5432."));
    expect(shared.headline).toBe("connect ECONNREFUSED •••:5432 and ••• and •••.");
  });
});

describe("a host", () => {
  it.each([
    ["ep-cool-name-123.us-east-2.aws.neon.tech", "•••.neon.tech"],
    ["db.example.com", "•••.example.com"],
    ["example.com", "•••"],
    ["localhost", "•••"],
    ["10.0.0.1", "•••"],
    ["2001:db8::1", "•••"],
  ])("%s is shown as %s", (name, short) => expect(shortHost(name)).toBe(short));
});
