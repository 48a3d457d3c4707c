import { type IncomingHttpHeaders, type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";

export interface HttpRequest {
  url: URL;
  method: "POST" | "PUT";
  headers: Record<string, string>;
  body: string;
  timeoutMs: number;
  maxBytes: number;
  signal: AbortSignal;
}

export type HttpResponse =
  | { kind: "answered"; status: number; headers: IncomingHttpHeaders; body: string }
  | { kind: "unreachable"; reason: string }
  | { kind: "timed_out" }
  | { kind: "too_large" };

/**
 * One request on a connection of its own, bounded in time and size; never throws.
 * Not fetch, which gives up after 300 s without headers, less than a step may take.
 */
export function sendRequest(options: HttpRequest): Promise<HttpResponse> {
  const { url, method, body, timeoutMs, maxBytes, signal } = options;
  return new Promise((resolve) => {
    const headers = { ...options.headers, "content-length": String(Buffer.byteLength(body)) };
    const send = url.protocol === "https:" ? requestHttps : requestHttp;
    const outgoing = send(url, { method, headers, agent: false });
    const settle = (response: HttpResponse) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", abort);
      resolve(response);
      if (response.kind !== "answered") outgoing.destroy();
    };
    const timer = setTimeout(() => settle({ kind: "timed_out" }), timeoutMs);
    const abort = () => settle({ kind: "unreachable", reason: "the call was abandoned" });
    signal.addEventListener("abort", abort);
    outgoing.on("error", (error: NodeJS.ErrnoException) => {
      settle({ kind: "unreachable", reason: error.code ?? error.message });
    });
    // A peer that vanishes without a word would otherwise be waited for until the timeout.
    outgoing.on("socket", (socket) => socket.setKeepAlive(true, 30_000));
    outgoing.on("response", (incoming) => read(incoming, maxBytes, settle));
    if (signal.aborted) abort();
    else outgoing.end(body);
  });
}

function read(incoming: IncomingMessage, maxBytes: number, settle: (response: HttpResponse) => void): void {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  incoming.on("data", (chunk: Buffer) => {
    sizeBytes += chunk.length;
    if (sizeBytes > maxBytes) settle({ kind: "too_large" });
    else chunks.push(chunk);
  });
  incoming.on("error", (error: NodeJS.ErrnoException) => {
    settle({ kind: "unreachable", reason: error.code ?? error.message });
  });
  incoming.on("end", () => {
    const body = Buffer.concat(chunks).toString("utf8");
    settle({ kind: "answered", status: incoming.statusCode ?? 0, headers: incoming.headers, body });
  });
}
