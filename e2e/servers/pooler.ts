import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { openSession } from "@/lib/postgres/session";
import { type TakenSession, takeOver } from "@/lib/schema/dump/takeover";

export interface Pooler {
  host: string;
  port: number;
  close(): Promise<void>;
}

/**
 * A pooler as PgBouncer is one, for simple queries. With `transaction` all clients share one server session, which
 * belongs to whoever is in a transaction; with `session` each has its own.
 */
export async function startPooler(spec: ConnectionSpec, mode: "session" | "transaction"): Promise<Pooler> {
  const taken: TakenSession[] = [];
  const open = async () => {
    const session = await takeOver(await openSession(spec, { side: "metadata", name: "e2e pooler" }));
    taken.push(session);
    return new SharedSession(session);
  };
  const shared = await open();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on("error", () => {}));
    void serve(socket, mode === "transaction" ? Promise.resolve(shared) : open());
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    host: "127.0.0.1",
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.close();
      for (const socket of [...sockets, ...taken.map((session) => session.socket)]) socket.destroy();
    },
  };
}

/** One session of the server, lent out until it is idle again. */
class SharedSession {
  readonly greeting: Uint8Array;
  private holder: Socket | null = null;
  private readonly waiting: { client: Socket; message: Buffer }[] = [];
  private rest: Buffer = Buffer.alloc(0);

  constructor(private readonly session: TakenSession) {
    this.greeting = session.greeting;
    session.socket.on("data", (bytes) => this.answer(bytes));
    session.socket.resume();
  }

  ask(client: Socket, message: Buffer): void {
    if (this.holder !== null && this.holder !== client) {
      this.waiting.push({ client, message });
      return;
    }
    this.holder = client;
    this.session.socket.write(message);
  }

  private answer(bytes: Buffer): void {
    const { messages, rest } = framed(Buffer.concat([this.rest, bytes]));
    this.rest = rest;
    for (const message of messages) {
      this.holder?.write(message);
      // ReadyForQuery, outside of a transaction: the session is anybody's again.
      if (message.toString("latin1", 0, 1) === "Z" && message.toString("latin1", 5, 6) === "I") {
        this.holder = null;
        const next = this.waiting.shift();
        if (next) this.ask(next.client, next.message);
      }
    }
  }
}

const SSL_REQUEST_LENGTH = 8;

async function serve(client: Socket, opening: Promise<SharedSession>): Promise<void> {
  let [first] = (await once(client, "data")) as [Buffer];
  if (first.length === SSL_REQUEST_LENGTH) {
    client.write("N");
    [first] = (await once(client, "data")) as [Buffer];
  }
  const session = await opening;
  let rest: Buffer = Buffer.alloc(0);
  client.on("data", (bytes) => {
    const read = framed(Buffer.concat([rest, bytes]));
    rest = read.rest;
    for (const message of read.messages) {
      if (message.toString("latin1", 0, 1) === "X") client.end();
      else session.ask(client, message);
    }
  });
  client.write(session.greeting);
}

/** Whole messages, each a letter and its length. */
function framed(bytes: Buffer): { messages: Buffer[]; rest: Buffer } {
  const messages: Buffer[] = [];
  let at = 0;
  while (bytes.length - at >= 5 && bytes.length - at > bytes.readInt32BE(at + 1)) {
    const end = at + 1 + bytes.readInt32BE(at + 1);
    messages.push(bytes.subarray(at, end));
    at = end;
  }
  return { messages, rest: bytes.subarray(at) };
}
