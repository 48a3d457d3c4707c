import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { NextRequest } from "next/server";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { startMetadata } from "@/e2e/metadata";
import type { TestDatabase } from "@/e2e/servers/test-servers";

/** What an engine was told, each time somebody had Ferry make itself known. */
const told: string[] = [];
const engine = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  told.push(JSON.parse(Buffer.concat(chunks).toString()).url);
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ ok: true, status: 200 }));
});
let metadata: TestDatabase;

beforeAll(async () => {
  metadata = await startMetadata();
  await new Promise<void>((resolve) => engine.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  await new Promise((resolve) => engine.close(resolve));
  await metadata?.drop();
});
beforeEach(() => {
  const { port } = engine.address() as AddressInfo;
  vi.stubEnv("FERRY_MODE", "hosted");
  vi.stubEnv("INNGEST_BASE_URL", `http://127.0.0.1:${port}`);
  vi.stubEnv("INNGEST_SIGNING_KEY", `signkey-prod-${"12ab".repeat(16)}`);
  vi.stubEnv("INNGEST_EVENT_KEY", "event-key");
});
afterEach(() => vi.unstubAllEnvs());

/** As somebody without an account may send it. */
async function put(): Promise<number> {
  const { PUT } = await import("./route");
  const headers = { host: "evil.example", "x-forwarded-host": "evil.example", "x-forwarded-proto": "https" };
  const request = new NextRequest("https://evil.example/api/inngest", { method: "PUT", headers });
  return (await PUT(request, {})).status;
}

it("nobody has a hosted Ferry tell its engine another address than its own", async () => {
  vi.stubEnv("FERRY_URL", "https://ferry.example");
  expect(await put()).toBe(200);
  expect(told).toEqual(["https://ferry.example/api/inngest"]);
  vi.stubEnv("FERRY_URL", "");
  expect(await put()).toBe(403);
  expect(told).toHaveLength(1);
});
