import { describe, expect, it, test, vi } from "vitest";
import * as z from "zod";
import type { ErrorCode } from "@/lib/errors/catalogue";
import { FerryError } from "@/lib/errors/ferry-error";
import { readBody, refuseForeignOrigin, respond } from "./respond";

test.each<[ErrorCode, number]>([
  ["import.missing", 404],
  ["share.invalid", 404],
  ["connection_string.invalid", 400],
  ["input.invalid", 400],
  ["input.foreign_origin", 403],
  ["connect.refused", 422],
  ["connect.auth_failed", 422],
  ["import.wrong_state", 409],
  ["import.no_target", 409],
  ["schema.dump_failed", 500],
  ["internal", 500],
])("%s answers %d and says what to do", async (code, status) => {
  const response = await respond(() => Promise.reject(new FerryError(code, { side: "source", host: "db" })));
  expect(response.status).toBe(status);
  const { error } = await response.json();
  expect(error.code).toBe(code);
  expect(error.what).toMatch(/\w/);
  expect(error.remedy).toMatch(/\w/);
});

it("tells and logs an unexpected error without the secret in it", async () => {
  const log = vi.spyOn(console, "error").mockImplementation(() => {});
  const response = await respond(() => Promise.reject(new Error("no route to postgres://app:hunter22@db/shop")));
  const logged = log.mock.calls.flat().join("\n");
  log.mockRestore();
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain("hunter22");
  expect(logged).toContain("no route to");
  expect(logged).not.toContain("hunter22");
});

describe("the origin of a request", () => {
  const from = (headers: Record<string, string>) => () =>
    refuseForeignOrigin(new Request("http://ferry.test/api/imports", { method: "POST", headers }));

  test.each([
    [{ host: "ferry.test:3000" }],
    [{ host: "ferry.test:3000", origin: "http://ferry.test:3000" }],
    [{ host: "10.0.0.1", "x-forwarded-host": "ferry.test", origin: "https://ferry.test" }],
  ])("%j is let in", (headers) => {
    expect(from(headers as unknown as Record<string, string>)).not.toThrow();
  });

  test.each([
    [{ host: "ferry.test:3000", origin: "http://ferry.test:4000" }],
    [{ host: "ferry.test", origin: "https://ferry.test.evil.example" }],
    [{ host: "ferry.test", origin: "null" }],
  ])("%j is refused", (headers) => {
    expect(from(headers)).toThrow(FerryError);
  });
});

describe("a body", () => {
  const post = (body: string) => new Request("http://ferry.test/", { method: "POST", body });
  const schema = z.strictObject({ lanes: z.number().max(16) });

  it("is read by its schema", async () => {
    expect(await readBody(post('{"lanes":4}'), schema)).toEqual({ lanes: 4 });
  });

  test.each([
    ["not json at all: secret-pa55", "it is not JSON"],
    ['{"lanes":"secret-pa55"}', "lanes"],
    ['{"lanes":99}', "lanes"],
    ["null", "body"],
  ])("%s is refused by what is wrong, without repeating it", async (body, part) => {
    const error = await readBody(post(body), schema).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(FerryError);
    expect(String((error as FerryError).context.reason)).toContain(part);
    expect(JSON.stringify((error as FerryError).context)).not.toContain("pa55");
  });
});
