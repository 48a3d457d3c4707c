import { expect, it } from "vitest";
import { isActionBody, jsonOnly } from "./readable-body";

const bytes = (text: string) => new TextEncoder().encode(text).buffer as ArrayBuffer;
const form = '--x\r\nContent-Disposition: form-data; name="0"\r\n\r\n["$K1"]\r\n--x--\r\n';

it.each([
  ["text/plain;charset=UTF-8", '["01J",{"lanes":"$undefined"}]', true],
  [null, "[]", true],
  ["text/plain;charset=UTF-8", "", false],
  ["text/plain;charset=UTF-8", "{", false],
  ["text/plain;charset=UTF-8", "null", false],
  ["multipart/form-data; boundary=x", form, true],
  ["multipart/form-data; boundary=x", "{}", false],
  ["multipart/form-data", form, false],
])("an action's body of %s: %j", async (type, body, is) => {
  expect(await isActionBody(type, bytes(body))).toBe(is);
});

it("gives JSON on as it came, and nothing else", async () => {
  const handler = jsonOnly(async (request: Request) => new Response(await request.text()));
  const ask = (body: string) => handler(new Request("http://ferry.test/", { method: "POST", body }));
  expect(await (await ask('{"a": 1}')).text()).toBe('{"a": 1}');
  expect((await ask("{")).status).toBe(400);
});
