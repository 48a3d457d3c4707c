import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { answer, complete, OWN_PID, ready, welcome } from "./messages";

/** What a server does in place of what an honest one would; each is given the line to its client. */
export interface Behaviour {
  /** As soon as somebody has come, before they say anything. */
  onConnect?: (line: Socket) => void;
  onSslRequest?: (line: Socket) => void;
  onStartup?: (line: Socket) => void;
  /** What the client says on signing in: a password, or its part of SCRAM. */
  onSignIn?: (line: Socket, body: Buffer) => void;
  /** False where the honest answer is to be given. */
  onQuestion?: (line: Socket, text: string) => false | undefined;
}

export interface FakeServer {
  url(more?: string): string;
  port: number;
  close(): void;
}

const SSL_REQUEST = 80_877_103;

export async function startFakeServer(behaviour: Behaviour): Promise<FakeServer> {
  const lines = new Set<Socket>();
  const server = createServer((line) => {
    lines.add(line);
    line.on("error", () => {}).on("close", () => lines.delete(line));
    behaviour.onConnect?.(line);
    line.on("data", reading(line, behaviour));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: (more = "") => `postgres://anna:a-password@127.0.0.1:${port}/shop${more}`,
    close: () => {
      server.close();
      for (const line of lines) line.destroy();
    },
  };
}

/** Reads what a client says, message by message. */
function reading(line: Socket, behaviour: Behaviour): (chunk: Buffer) => void {
  let held = Buffer.alloc(0);
  let hasStarted = false;
  return (chunk) => {
    held = Buffer.concat([held, chunk]);
    while (held.length >= (hasStarted ? 5 : 8)) {
      const length = hasStarted ? held.readUInt32BE(1) + 1 : held.readUInt32BE(0);
      if (held.length < length) return;
      const one = held.subarray(0, length);
      held = held.subarray(length);
      if (hasStarted) hear(line, behaviour, one);
      else if (one.readUInt32BE(4) === SSL_REQUEST) (behaviour.onSslRequest ?? refuseTls)(line);
      else {
        hasStarted = true;
        (behaviour.onStartup ?? welcomeAll)(line);
      }
    }
  };
}

const refuseTls = (line: Socket) => line.write("N");
const welcomeAll = (line: Socket) => line.write(welcome());

function hear(line: Socket, behaviour: Behaviour, one: Buffer): void {
  const type = String.fromCharCode(one[0] as number);
  if (type === "p") behaviour.onSignIn?.(line, one.subarray(5));
  if (type === "X") line.end();
  if (type !== "Q" && type !== "P") return;
  // Of a prepared statement the text stands after its name.
  const text = one.toString("utf8", 5).replace(/^[^\0]*\0(?=.)/s, "");
  if (behaviour.onQuestion && behaviour.onQuestion(line, text) !== false) return;
  line.write(honest(text));
}

/** As much as it takes to be asked further. */
function honest(text: string): Buffer {
  if (text.includes("pg_backend_pid")) return answer({ pid: String(OWN_PID), version: "PostgreSQL 17.2 on nowhere" });
  return Buffer.concat([complete("SELECT 0"), ready()]);
}

/** Writes the same for ever, as fast as it is taken. */
export function flood(line: Socket, bytes: Buffer): void {
  const more = Buffer.concat(Array(Math.max(1, Math.floor(65_536 / bytes.length))).fill(bytes));
  const pour = () => {
    while (!line.destroyed && line.write(more));
  };
  line.on("drain", pour);
  pour();
}

/** Writes so slowly that no pause is long enough to give up. */
export function trickle(line: Socket, bytes: Buffer, everyMs = 1_000): void {
  let at = 0;
  const timer = setInterval(() => {
    if (line.destroyed) clearInterval(timer);
    else line.write(bytes.subarray(at % bytes.length, (at++ % bytes.length) + 1));
  }, everyMs);
  line.on("close", () => clearInterval(timer));
}
