import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { addressGuard } from "@/lib/security/address-guard";

interface Post {
  url: string;
  headers: Record<string, string>;
  body: string;
  timeoutMs: number;
}

/**
 * Posts to exactly this address and resolves with the status; what is answered besides is not read. Not fetch, which
 * resolves names by itself and cannot be told where to go. A redirect is an answer like any other: nobody follows it.
 */
export async function postOnce({ url: text, headers, body, timeoutMs }: Post): Promise<number> {
  const url = new URL(text);
  const guard = addressGuard();
  guard?.check(url.hostname.replace(/^\[(.*)\]$/, "$1"));
  const send = url.protocol === "https:" ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const outgoing = send(url, {
      method: "POST",
      headers: { ...headers, "content-length": String(Buffer.byteLength(body)) },
      agent: false,
      ...(guard ? { lookup: guard.lookup } : {}),
    });
    const timer = setTimeout(() => outgoing.destroy(new Error("there was no answer in time")), timeoutMs);
    outgoing.on("close", () => clearTimeout(timer));
    outgoing.on("error", reject);
    outgoing.on("response", (incoming) => {
      incoming.on("error", () => {}); // It is cut off below.
      resolve(incoming.statusCode ?? 0);
      incoming.destroy();
    });
    outgoing.end(body);
  });
}
