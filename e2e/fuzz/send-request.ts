import { request } from "node:http";
import type { FuzzRequest } from "./draw-request";

export interface FuzzAnswer {
  /** 0 where there was none. */
  status: number;
  /** Headers and body, as far as it was read. */
  text: string;
  /** It went on answering for longer than is waited for. */
  isLong: boolean;
}

/** A stream of events goes on for ever. */
const STREAM_MS = 300;
const LONGEST_MS = 30_000;

export function sendRequest(address: string, { method, path, headers, body }: FuzzRequest): Promise<FuzzAnswer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let status = 0;
    let head = "";
    const end = (isLong: boolean) => {
      clearTimeout(timer);
      resolve({ status, text: `${head}\n${Buffer.concat(chunks)}`, isLong });
      outgoing.destroy();
    };
    let timer = setTimeout(() => end(true), LONGEST_MS);
    const { hostname, port } = new URL(address);
    const length = body === null ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const outgoing = request({ hostname, port, method, path, headers: { ...headers, ...length }, agent: false });
    outgoing.on("error", () => end(false));
    outgoing.on("response", (answer) => {
      status = answer.statusCode ?? 0;
      head = JSON.stringify(answer.rawHeaders);
      answer.on("data", (chunk: Buffer) => chunks.push(chunk)).on("end", () => end(false));
      answer.on("error", () => end(false));
      if (!/event-stream/.test(answer.headers["content-type"] ?? "")) return;
      clearTimeout(timer);
      timer = setTimeout(() => end(false), STREAM_MS);
    });
    outgoing.end(body ?? undefined);
  });
}
