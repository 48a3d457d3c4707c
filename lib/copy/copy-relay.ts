import type { Socket } from "node:net";
import type { Client, Connection } from "pg";
import type { CopyStatements } from "./copy-statements";
import { SourceTap } from "./source-tap";

/** A longer rest of a frame costs more than another session. */
const MOST_PADDING = 64 * 1024;
const SHORTEST_REST_MS = 5;

/** Says on which side a copy broke; the cause is what the server or the driver said. */
export class CopyBroken extends Error {
  constructor(
    readonly side: "source" | "target",
    cause: unknown,
  ) {
    super(`The copy broke on the ${side}.`, { cause });
  }
}

export interface CopyEnds {
  /** In a transaction that holds the snapshot. */
  source: Client;
  /** In a transaction of its own. */
  target: Client;
  /** Called with each chunk's size; says for how many milliseconds no other is wanted. */
  onBytes: (bytes: number) => number;
}

export interface Relayed {
  sent: number;
  received: number;
  bytes: number;
}

/**
 * Runs both statements and passes what the source sends to the target as it is. Memory stays at a few chunks, since
 * the slower side holds the faster back. After a failure of the target the source sends on to nobody: close it.
 */
export function relayCopy(ends: CopyEnds, statements: CopyStatements): Promise<Relayed> {
  return new Promise((resolve, reject) => {
    const relay = new Relay(ends.onBytes, resolve, reject);
    ends.target.query(relay.writer(statements.in));
    ends.source.query(relay.reader(statements.out));
  });
}

/** What pg has below a client and does not tell of in its types. */
interface Wire {
  stream: Socket;
  query(text: string): void;
  endCopyFrom(): void;
  sendCopyFail(reason: string): void;
}

/** Why nothing is read: the target is not ready, has enough for now, or enough has come for the time. */
type Hold = "early" | "full" | "pace";

/** What pg calls of a query that is none of its own. */
interface OwnQuery {
  submit(connection: Connection): void;
  callback(): void;
  handleError(error: Error): void;
  handleCommandComplete(message: { text: string }): void;
  handleReadyForQuery(): void;
  handleCopyInResponse?(connection: Wire): void;
}

class Relay {
  readonly #counts: Relayed = { sent: 0, received: 0, bytes: 0 };
  /** Arrived before the target was ready to take it. */
  #early: Buffer[] = [];
  readonly #holds = new Set<Hold>();
  #tap: SourceTap | null = null;
  #target: Wire | null = null;
  #sourceIsThrough = false;
  #broken = false;
  #open = 2;

  constructor(
    private readonly onBytes: (bytes: number) => number,
    private readonly resolve: (relayed: Relayed) => void,
    private readonly reject: (error: CopyBroken) => void,
  ) {}

  reader(statement: string): OwnQuery {
    return {
      ...this.#query("source", (rows) => {
        this.#counts.sent = rows;
      }),
      submit: (connection) => {
        const wire = connection as unknown as Wire;
        this.#tap = new SourceTap(wire.stream, {
          onRows: (chunks, bytes) => this.#forward(chunks, bytes),
          onDone: () => this.#end(),
        });
        wire.query(statement);
      },
    };
  }

  writer(statement: string): OwnQuery {
    return {
      ...this.#query("target", (rows) => {
        this.#counts.received = rows;
      }),
      submit: (connection) => (connection as unknown as Wire).query(statement),
      handleCopyInResponse: (wire) => {
        this.#target = wire;
        if (this.#broken) return wire.sendCopyFail("the source failed");
        this.#write(wire, this.#early);
        if (this.#sourceIsThrough) wire.endCopyFrom();
        else this.#release("early");
      },
    };
  }

  #query(side: "source" | "target", count: (rows: number) => void): Omit<OwnQuery, "submit"> {
    return {
      callback: () => {},
      handleError: (error) => this.#fail(side, error),
      handleCommandComplete: ({ text }) => count(Number(/^COPY (\d+)/.exec(text)?.[1] ?? 0)),
      handleReadyForQuery: () => {
        this.#open -= 1;
        if (this.#open === 0) this.resolve(this.#counts);
      },
    };
  }

  #forward(chunks: Buffer[], bytes: number): void {
    this.#counts.bytes += bytes;
    const holdMs = bytes > 0 ? this.onBytes(bytes) : 0;
    if (this.#broken) return;
    if (this.#target) this.#write(this.#target, chunks);
    else {
      this.#early = chunks;
      this.#hold("early");
    }
    if (holdMs < SHORTEST_REST_MS) return;
    this.#hold("pace");
    setTimeout(() => this.#release("pace"), holdMs);
  }

  /** Nothing more is read until the target's system has taken all, since the chunks are lent. */
  #write({ stream }: Wire, chunks: Buffer[]): void {
    for (const chunk of chunks) {
      const isLast = chunk === chunks.at(-1);
      stream.write(chunk, isLast ? () => this.#release("full") : undefined);
    }
    if (stream.writableLength > 0) this.#hold("full");
  }

  #hold(why: Hold): void {
    this.#holds.add(why);
    this.#tap?.hold();
  }

  #release(why: Hold): void {
    if (this.#holds.delete(why) && this.#holds.size === 0) this.#tap?.goOn();
  }

  #end(): void {
    this.#sourceIsThrough = true;
    if (this.#target && !this.#broken) this.#target.endCopyFrom();
  }

  /** The target would take what it is told next for the rest of a frame that was begun. What is padded is never kept. */
  #endFrame(target: Wire): void {
    const missing = this.#tap?.missing ?? 0;
    if (missing > MOST_PADDING) target.stream.destroy();
    else if (missing > 0) target.stream.write(Buffer.alloc(missing));
  }

  #fail(side: "source" | "target", error: Error): void {
    if (this.#broken) return;
    this.#broken = true;
    if (this.#target && !this.#sourceIsThrough) {
      this.#endFrame(this.#target);
      if (side === "source") this.#target.sendCopyFail("the source failed");
    }
    this.#holds.clear();
    this.#tap?.goOn();
    this.reject(new CopyBroken(side, error));
  }
}
