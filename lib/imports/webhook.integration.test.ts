import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { aView } from "@/app/_ui/fixtures/import-view";
import { signed } from "./webhook";

const SECRET = "a secret of the webhook's";

let listener: Server;
let answer: { status: number; headers?: Record<string, string> };
let received: { body: string; headers: IncomingMessage["headers"] }[];

beforeEach(async () => {
  received = [];
  answer = { status: 204 };
  listener = createServer(async (request, response) => {
    const body = (await request.toArray()).join("");
    received.push({ body, headers: request.headers });
    response.writeHead(answer.status, answer.headers).end("x".repeat(1_000));
  });
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  vi.stubEnv("FERRY_WEBHOOK_URL", `http://127.0.0.1:${(listener.address() as AddressInfo).port}/hook`);
  vi.stubEnv("FERRY_WEBHOOK_SECRET", SECRET);
  vi.stubEnv("DATABASE_URL", "postgres://localhost/none");
  vi.stubEnv("FERRY_KEYS", "none");
  // The environment is read once.
  vi.resetModules();
});
afterEach(() => {
  vi.unstubAllEnvs();
  listener.closeAllConnections();
  listener.close();
});

const post = async () => (await import("./webhook")).postWebhook(aView({ status: "succeeded" }));

describe("the webhook", () => {
  it("tells what became of an import, signed, and nothing of its ends", async () => {
    await post();
    const [told] = received;
    const view = aView({ status: "succeeded" });
    expect(JSON.parse(told?.body ?? "")).toMatchObject({
      event: "import.ended",
      import: { id: view.id, status: "succeeded", tables: view.tables.length, rows: view.progress.rowsDone },
    });
    for (const end of [view.source, view.target]) expect(told?.body).not.toContain(end.host);
    const signature = `${told?.headers["ferry-signature"]}`;
    const seconds = Number(/^t=(\d+),/.exec(signature)?.[1]);
    expect(signature).toBe(signed(told?.body ?? "", SECRET, seconds * 1_000));
    expect(Math.abs(seconds - Date.now() / 1_000)).toBeLessThan(60);
  });

  it.each([
    ["an error", { status: 500 }, "it answered with status 500"],
    ["another place", { status: 307, headers: { location: "/elsewhere" } }, "it answered with status 307"],
  ])("is not content with %s, and follows nobody", async (_, given, reason) => {
    answer = given;
    await expect(post()).rejects.toMatchObject({ code: "webhook.failed", context: { reason } });
    expect(received).toHaveLength(1);
  });

  it("says why when nobody is there", async () => {
    listener.close();
    listener.closeAllConnections();
    const error = await post().catch((thrown) => thrown);
    expect(error).toMatchObject({ code: "webhook.failed" });
    expect(error.context.reason).toMatch(/ECONNREFUSED/);
  });

  it("is silent where none is set", async () => {
    vi.stubEnv("FERRY_WEBHOOK_URL", "");
    vi.resetModules();
    await post();
    expect(received).toEqual([]);
  });

  it("is refused without a secret to sign with", async () => {
    vi.stubEnv("FERRY_WEBHOOK_SECRET", "");
    vi.resetModules();
    await expect(post()).rejects.toThrow("FERRY_WEBHOOK_SECRET");
  });
});
