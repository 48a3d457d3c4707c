import type { Socket } from "node:net";
import type { ErrorCode } from "@/lib/errors/catalogue";
import { type Behaviour, flood, trickle } from "./fake-server";
import * as say from "./messages";

export interface HostileCase extends Behaviour {
  /** What may come of it: an error with this code, or by how busy the machine is with another one. */
  code: ErrorCode;
  or?: ErrorCode;
  /** What its sentence says besides. */
  tells?: RegExp;
  /** Parameters of the connection string. */
  more?: string;
  /** It takes as long as Ferry waits. */
  isSlow?: true;
}

/** The words that a terminal, a page, a log line or a row must not take for its own. */
export const NASTY = "\u001b]0;owned\u0007\u001b[2J\u009b31m<script>alert(1)</script>\r\n\u202e\"'; drop table x; --";

const GIB = 1024 ** 3;
const first = (bytes: Buffer) => ({ onStartup: (line: Socket) => void line.write(bytes) });
/** Lets the client in, and answers its first question so. */
const onQuestion = (act: (line: Socket) => void): Behaviour => ({ onQuestion: (line) => void act(line) });
const answering = (...bytes: Buffer[]) => onQuestion((line) => void line.write(Buffer.concat(bytes)));
/** Passes for a Postgres server, and answers so what is asked next. */
const later = (act: (line: Socket) => void): Behaviour => ({
  onQuestion: (line, text) => (/pg_backend_pid|statement_timeout|row_security/.test(text) ? false : void act(line)),
});
/** Its part of SCRAM, by the client's nonce; for the client's last message, what follows it. */
const scram = (reply: (nonce: string) => Buffer, last?: Buffer): Behaviour => ({
  onStartup: (line) => void line.write(say.signIn(10, "SCRAM-SHA-256\0\0")),
  onSignIn: (line, body) => {
    const words = body.toString("latin1");
    const nonce = /r=([^,]+)/.exec(words)?.[1] ?? "";
    line.write(last && words.includes(",p=") ? last : reply(nonce));
  },
});
const serverFirst = (nonce: string, iterations: string) =>
  say.signIn(11, `r=${nonce}more,s=${Buffer.alloc(16).toString("base64")},i=${iterations}`);
const wide = (count: number) => say.columns(Array.from({ length: count }, (_, at) => `c${at}`));

const beforeLogin: Record<string, HostileCase> = {
  "says nothing at all": { code: "connect.timed_out", onSslRequest: () => {}, isSlow: true },
  "says nothing after the start-up": { code: "connect.timed_out", onStartup: () => {}, isSlow: true },
  "says a byte per second": {
    ...{ code: "connect.timed_out", isSlow: true },
    onStartup: (line) => trickle(line, say.welcome()),
  },
  "never becomes ready": { code: "connect.timed_out", ...first(say.signIn(0)), isSlow: true },
  "asks for the password and says nothing more": { code: "connect.timed_out", ...first(say.signIn(3)), isSlow: true },
  "hangs up at once": { code: "connect.not_postgres", onConnect: (line) => void line.destroy() },
  "hangs up after the start-up": { code: "connect.not_postgres", onStartup: (line) => void line.destroy() },
  "hangs up within a message": {
    code: "connect.not_postgres",
    onStartup: (line) => void line.end(say.message("E", "SERR", 400)),
  },
  "speaks HTTP": { code: "connect.not_postgres", ...first(Buffer.from("HTTP/1.1 400 Bad Request\r\n\r\n")) },
  "speaks SSH before anybody asks": {
    code: "connect.not_postgres",
    onConnect: (line) => void line.write("SSH-2.0-OpenSSH_9.9\r\n"),
  },
  "announces 2 GB": { code: "connect.not_postgres", ...first(say.message("E", "S", 2 * GIB)) },
  "announces fewer than no bytes": { code: "connect.not_postgres", ...first(say.message("N", "S", 0xffffffff)) },
  "announces a length shorter than itself": { code: "connect.not_postgres", ...first(say.message("S", "a\0b\0", 3)) },
  "sends a letter that is no message": { code: "connect.not_postgres", ...first(say.message("!", "what")) },
  "tells settings without end": {
    code: "connect.not_postgres",
    onStartup: (line) => flood(line, say.status("a", "b".repeat(1_000))),
  },
  "tells notices without end": {
    code: "connect.not_postgres",
    onStartup: (line) => flood(line, say.failure("look!", { type: "N", state: "00000" })),
  },
  "sends rows before it has let anybody in": { code: "connect.failed", ...first(wide(3)) },
  "sends broken settings": { code: "connect.timed_out", ...first(say.message("S", "no end")), isSlow: true },
  "wants the password in clear, without TLS": {
    ...{ code: "connect.password_in_clear", more: "?hostaddr=0.0.0.0" },
    ...first(say.signIn(3)),
  },
  "wants GSSAPI": { code: "connect.not_allowed", tells: /GSSAPI/, ...first(say.signIn(7)) },
  "wants what nobody knows": { code: "connect.not_allowed", tells: /unknown/, ...first(say.signIn(4_711)) },
  "wants SASL by an unknown name": { code: "connect.failed", ...first(say.signIn(10, "LOVE-LETTER\0\0")) },
  "goes on with a SASL that was not begun": { code: "connect.protocol_broken", ...first(say.signIn(11, "r=x")) },
  "wants a billion rounds of SCRAM": { code: "connect.failed", ...scram((nonce) => serverFirst(nonce, "1000000000")) },
  "answers SCRAM with another nonce": { code: "connect.failed", ...scram(() => serverFirst("x", "4096")) },
  "lets in without proving itself": { code: "connect.server_unproven", ...scram(() => say.welcome()) },
  "lets in at the last moment without proving itself": {
    code: "connect.server_unproven",
    ...scram((nonce) => serverFirst(nonce, "4096"), say.welcome()),
  },
  "proves itself wrongly": {
    code: "connect.failed",
    ...scram((nonce) => serverFirst(nonce, "4096"), say.signIn(12, `v=${Buffer.alloc(32).toString("base64")}`)),
  },
  "answers the wish for TLS with an error": {
    code: "connect.not_postgres",
    ...{ onSslRequest: (line) => void line.write(say.failure(NASTY)), more: "?sslmode=require" },
  },
  "agrees to TLS and speaks something else": {
    code: "connect.not_postgres",
    ...{ onSslRequest: (line) => void line.write("S"), onConnect: garbageAfterHello, more: "?sslmode=require" },
  },
  "agrees to TLS and goes on in clear": {
    code: "connect.not_postgres",
    onSslRequest: (line) => void line.write(Buffer.concat([Buffer.from("S"), say.welcome()])),
    more: "?sslmode=require",
  },
  "agrees to TLS and says nothing more": {
    ...{ code: "connect.timed_out", isSlow: true, more: "?sslmode=require" },
    onSslRequest: (line) => void line.write("S"),
  },
  "refuses with words that are none": {
    code: "connect.not_allowed",
    ...first(say.failure(NASTY, { state: "42501" })),
  },
  "refuses with very many words": { code: "connect.failed", ...first(say.failure("no ".repeat(20_000))) },
};

/** What follows the S is said when the client has begun its handshake. */
function garbageAfterHello(line: Socket): void {
  let heard = 0;
  line.on("data", () => {
    heard += 1;
    if (heard === 2) line.write(Buffer.alloc(2_000, "garbage "));
  });
}

const afterLogin: Record<string, HostileCase> = {
  "gives no answer": { code: "connect.timed_out", isSlow: true, ...onQuestion(() => {}) },
  "answers a byte per second": {
    ...{ code: "connect.timed_out", isSlow: true },
    ...onQuestion((line) => trickle(line, say.answer({ pid: "1", version: "x" }))),
  },
  "hangs up within a row": {
    code: "connect.not_postgres",
    ...onQuestion((line) => void line.end(say.message("D", "\0\x01", 400))),
  },
  "sends rows without end": {
    ...{ code: "connect.protocol_broken", or: "connect.timed_out", isSlow: true },
    ...onQuestion((line) => {
      line.write(say.columns(["pid", "version"]));
      flood(line, say.row(["1", "x".repeat(1_000)]));
    }),
  },
  "sends tiny rows without end": {
    ...{ code: "connect.protocol_broken", or: "connect.timed_out", isSlow: true },
    ...onQuestion((line) => {
      line.write(say.columns(["pid"]));
      flood(line, say.row(["1"]));
    }),
  },
  "sends notices without end in an answer": {
    ...{ code: "connect.timed_out", isSlow: true },
    ...onQuestion((line) => flood(line, say.failure("look!", { type: "N", state: "00000" }))),
  },
  "sends a row of 1 GB": { code: "connect.protocol_broken", ...answering(wide(1), say.message("D", "\0\x01", GIB)) },
  "sends a row of more fields than it has": {
    code: "connect.protocol_broken",
    ...answering(wide(1), say.message("D", Buffer.concat([say.int16(32_767), say.int32(1)]))),
  },
  "sends a row with bytes to spare": {
    code: "connect.protocol_broken",
    ...answering(wide(1), say.message("D", Buffer.concat([say.int16(1), say.int32(1), Buffer.alloc(400, 65)]))),
  },
  "sends a field of a negative length": {
    code: "connect.protocol_broken",
    ...answering(wide(1), say.message("D", Buffer.concat([say.int16(1), say.int32(-7)]))),
  },
  "sends a row of negative width": {
    code: "connect.protocol_broken",
    ...answering(wide(1), say.message("D", say.int16(-1))),
  },
  "describes more columns than there are": {
    code: "connect.protocol_broken",
    ...answering(say.message("T", say.int16(32_767))),
  },
  "describes 32,767 columns": { code: "connect.timed_out", isSlow: true, ...answering(wide(32_767)) },
  "sends a zero byte in a text": {
    code: "connect.protocol_broken",
    ...answering(say.answer({ pid: String(say.OWN_PID), version: "PostgreSQL\0 17" })),
  },
  "sends more fields than columns": {
    code: "connect.protocol_broken",
    ...answering(wide(1), say.row(["1", "2", "3"]), say.complete("SELECT 1"), say.ready()),
  },
  "sends rows that nothing describes": {
    code: "connect.protocol_broken",
    ...answering(say.row(["1"]), say.complete("SELECT 1"), say.ready()),
  },
  "begins a COPY that nobody asked for": {
    ...{ code: "connect.timed_out", isSlow: true },
    ...answering(say.message("H", Buffer.concat([Buffer.alloc(1), say.int16(0)]))),
  },
  "wants to be sent a COPY": {
    ...{ code: "connect.timed_out", isSlow: true },
    ...answering(say.message("G", Buffer.concat([Buffer.alloc(1), say.int16(0)]))),
  },
  "wants a COPY of columns that are not there": {
    code: "connect.protocol_broken",
    ...answering(say.message("G", Buffer.concat([Buffer.alloc(1), say.int16(32_767)]))),
  },
  "asks for the password again": { code: "connect.timed_out", isSlow: true, ...answering(say.signIn(5, "salt")) },
  "signs in again in a way that is none": { code: "connect.not_allowed", ...answering(say.signIn(99)) },
  "fails with words that are none": { code: "connect.failed", ...answering(say.failure(NASTY), say.ready()) },
  "fails without words": { code: "connect.failed", ...answering(say.message("E", "\0"), say.ready()) },
  "is of a version that is none": {
    code: "statement.failed",
    ...answering(say.answer({ pid: String(say.OWN_PID), version: `PostgreSQL ${NASTY}` })),
  },
  "answers with numbers that are none": {
    code: "connect.pooler",
    ...answering(say.answer({ pid: "NaN", version: "PostgreSQL 17" }, 23)),
  },
  "answers with JSON that is none": {
    code: "connect.protocol_broken",
    ...answering(say.answer({ pid: "{", version: "[" }, 114)),
  },
  "does not know its own database": { code: "statement.failed", ...later((line) => line.write(EMPTY)) },
  "answers with nothing but nulls": {
    code: "statement.failed",
    ...later((line) => line.write(say.answer({ version: null, versionNumber: null, database: null }))),
  },
  "sends rows without end of its catalogue": {
    ...{ code: "statement.failed", isSlow: true },
    ...later((line) => {
      line.write(say.columns(["database"]));
      flood(line, say.row(["x".repeat(500)]));
    }),
  },
  "gives no answer of its catalogue": { code: "statement.failed", isSlow: true, ...later(() => {}) },
  "is ready more often than asked": {
    ...{ code: "connect.failed", or: "connect.protocol_broken" },
    ...answering(say.ready(), say.ready(), say.answer({ pid: "1", version: "PostgreSQL 17" }), say.ready()),
  },
  "sends COPY data after the end": {
    code: "statement.failed",
    ...later((line) => line.write(Buffer.concat([say.complete("SELECT 0"), say.message("d", "late"), say.ready()]))),
  },
};

const EMPTY = Buffer.concat([say.complete("SELECT 0"), say.ready()]);

export const hostileCases: Record<string, HostileCase> = { ...beforeLogin, ...afterLogin };
