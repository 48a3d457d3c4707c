import { constants } from "node:os";
import { describe, expect, it } from "vitest";
import { FerryError } from "@/lib/errors/ferry-error";
import { isConnectionLost, isTransient, sqlstateOf } from "./sqlstate";

const withCode = (code: unknown) => Object.assign(new Error("x"), { code });

describe("sqlstateOf", () => {
  it.each(["42P01", "23505", "XX000", "P0001", "HV00N", "0A000"])("%s is a server's", (code) => {
    expect(sqlstateOf(withCode(code))).toBe(code);
  });

  it.each([
    ...Object.keys(constants.errno).filter((name) => name.length === 5),
    ...["ECONNRESET", "ERR_STREAM_DESTROYED", "42p01", "42P0", "42P011", "", 42501, undefined, null],
  ])("%j is not", (code) => expect(sqlstateOf(withCode(code))).toBeNull());

  it.each([null, undefined, "42P01", 7, {}])("%j is no error of a server", (error) => {
    expect(sqlstateOf(error)).toBeNull();
  });
});

const LOST: [string, unknown][] = [
  ["connection failure", withCode("08006")],
  ["protocol violation", withCode("08P01")],
  ["an administrator ended it", withCode("57P01")],
  ["the server crashed", withCode("57P02")],
  ["the server is starting", withCode("57P03")],
  ["too many connections", withCode("53300")],
  ["idle for too long", withCode("57P05")],
  ["idle in a transaction for too long", withCode("25P03")],
  ["a transaction that took too long", withCode("25P04")],
  ["reset", withCode("ECONNRESET")],
  ["broken pipe", withCode("EPIPE")],
  ["timed out", withCode("ETIMEDOUT")],
  ["refused", withCode("ECONNREFUSED")],
  ["no route", withCode("EHOSTUNREACH")],
  ["pg says it ended", new Error("Connection terminated unexpectedly")],
  ["pg says it was ended", new Error("Connection terminated")],
  ["pg will not ask again", new Error("Client has encountered a connection error and is not queryable")],
  ["pg was closed", new Error("Client was closed and is not queryable")],
];

const NOT_LOST: [string, unknown][] = [
  ["syntax error", withCode("42601")],
  ["duplicate key", withCode("23505")],
  ["a statement that took too long", withCode("57014")],
  ["the database is gone", withCode("57P04")],
  ["a deadlock", withCode("40P01")],
  ["out of memory", withCode("53200")],
  ["a server's message that only sounds like it", Object.assign(new Error("Connection terminated"), { code: "P0001" })],
  ["no such file", withCode("ENOENT")],
  ["an error of Ferry's", new FerryError("schema.dump_failed", { reason: "x" })],
  ["a text", "Connection terminated"],
  ["nothing", undefined],
];

describe("isConnectionLost", () => {
  it.each(LOST)("yes: %s", (_what, error) => expect(isConnectionLost(error)).toBe(true));
  it.each(NOT_LOST)("no: %s", (_what, error) => expect(isConnectionLost(error)).toBe(false));
});

describe("isTransient", () => {
  it.each(["40001", "40P01"])("yes: %s", (code) => expect(isTransient(withCode(code))).toBe(true));
  it.each(["40002", "23505", "ECONNRESET", undefined])("no: %s", (code) => {
    expect(isTransient(withCode(code))).toBe(false);
  });
});
