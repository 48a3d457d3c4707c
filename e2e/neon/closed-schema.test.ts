import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { closedSchema, type Schema } from "./closed-schema";
import { openApi } from "./open-api";

const NAMED: Record<string, Schema> = {
  Named: { type: "object", required: ["name"], properties: { name: { type: "string" } } },
  State: { type: "string", enum: ["init", "ready"] },
};

const both: Schema = {
  allOf: [
    { $ref: "#/components/schemas/Named" },
    {
      type: "object",
      properties: { state: { $ref: "#/components/schemas/State" }, at: { type: "string", nullable: true } },
    },
  ],
};

test.each<[string, unknown, boolean]>([
  ["all there", { name: "a", state: "init", at: null }, true],
  ["what may be left out left out", { name: "a" }, true],
  ["what must be there left out", { state: "init" }, false],
  ["null where it may not be", { name: null }, false],
  ["no such value", { name: "a", state: "lost" }, false],
  ["a name that nobody knows", { name: "a", sate: "init" }, false],
])("%s", (_, body, isRight) => {
  const validate = new Ajv({ strict: false }).compile(closedSchema(both, NAMED));
  expect(validate(body)).toBe(isRight);
});

test("a map takes any key, with the values it is for", () => {
  const map: Schema = { type: "object", additionalProperties: { $ref: "#/components/schemas/Named" } };
  const validate = new Ajv({ strict: false }).compile(closedSchema(map, NAMED));
  expect(validate({ any: { name: "a" } })).toBe(true);
  expect(validate({ any: {} })).toBe(false);
});

test("the document is found, and judges its own example", () => {
  const document = openApi();
  expect(document.calls.length).toBeGreaterThan(100);
  const users = document.find("GET", "/projects/quiet-dust-1/branches/count");
  expect(users.call).toBe("countProjectBranches");
  expect(users.complaints(200, { count: 3 })).toEqual([]);
  expect(users.complaints(200, { count: "3" })).not.toEqual([]);
  expect(users.complaints(404, { code: "", message: "project not found" })).toEqual([]);
  expect(users.complaints(404, { message: "project not found" })).not.toEqual([]);
});
