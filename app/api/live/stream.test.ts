import { expect, it } from "vitest";
import { aView } from "@/app/_ui/fixtures/import-view";
import { FerryError } from "@/lib/errors/ferry-error";
import { streamView } from "./stream";

const request = (headers: Record<string, string> = {}) => new Request("http://ferry.test/events", { headers });

it("an import that has ended is told whole, and the stream closes", async () => {
  const view = aView({ status: "succeeded", phase: "done" });
  const response = await streamView(request(), "ended", async () => view);
  expect(response.headers.get("content-type")).toContain("text/event-stream");
  const text = await response.text();
  expect(text).toContain(`data: ${JSON.stringify(view)}`);
  expect(text.trimEnd().endsWith("event: end\ndata: {}")).toBe(true);
});

it("an import that does not exist is a plain 404, so that the browser stops asking", async () => {
  const response = await streamView(request(), "missing", async () => {
    throw new FerryError("import.missing");
  });
  expect(response.status).toBe(404);
});

it("a link revoked while somebody watches ends the stream with word of it", async () => {
  let isRevoked = false;
  const response = await streamView(request(), "revoked", async () => {
    if (isRevoked) throw new FerryError("share.invalid");
    isRevoked = true;
    return aView();
  });
  expect(await response.text()).toContain("event: gone");
});

it("a reader that comes back with the newest reading is not sent it again", async () => {
  const load = async () => aView();
  const first = await streamView(request(), "again", load);
  const reader = first.body?.getReader();
  let text = "";
  while (!text.includes("event: view")) text += new TextDecoder().decode((await reader?.read())?.value);
  const id = /^id: (.+)$/m.exec(text)?.[1] ?? "";
  const abort = new AbortController();
  const second = await streamView(
    new Request("http://ferry.test/events", { headers: { "last-event-id": id }, signal: abort.signal }),
    "again",
    load,
  );
  await reader?.cancel();
  abort.abort();
  expect(await second.text()).toBe("retry: 2000\n\n");
});
