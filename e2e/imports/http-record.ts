import { once } from "node:events";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface HttpRecord {
  url: string;
  /** What was asked for: methods, addresses and headers. */
  asked: string;
  /** What was sent along, by what was asked for. */
  bodies: { to: string; body: Buffer }[];
  /** All that was answered, headers and bodies, events of streams too. */
  answered: Buffer;
  close(): void;
}

/** A line to a web server that writes down what goes over it. Nothing is packed on the way, so that it can be read. */
export async function recordHttp(to: string): Promise<HttpRecord> {
  const answers: Buffer[] = [];
  const asked: string[] = [];
  const bodies: HttpRecord["bodies"] = [];
  const server: Server = createServer(async (incoming, outgoing) => {
    const { "accept-encoding": _, ...headers } = incoming.headers;
    const what = `${incoming.method} ${incoming.url}`;
    asked.push(what, JSON.stringify(headers));
    const body = Buffer.concat(await incoming.toArray());
    bodies.push({ to: what, body });
    const onward = request(`${to}${incoming.url}`, { method: incoming.method, headers }, (answer) => {
      answers.push(Buffer.from(JSON.stringify(answer.rawHeaders)));
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.on("data", (chunk: Buffer) => answers.push(chunk)).on("error", () => outgoing.destroy());
      answer.pipe(outgoing);
    });
    onward.on("error", () => outgoing.destroy());
    outgoing.on("close", () => onward.destroy());
    onward.end(body);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get asked() {
      return asked.join("\n");
    },
    bodies,
    get answered() {
      return Buffer.concat(answers);
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
