import { once } from "node:events";
import type { Socket } from "node:net";
import type { Client, Connection } from "pg";

/** What pg has below a client and does not tell of in its types. */
interface Wire {
  stream: Socket;
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(reason: string): void;
  on(event: string, listener: (message: never) => void): void;
}

const wireOf = (client: Client): Wire => (client as unknown as { connection: Wire }).connection;

/** What a session is told beside the answers to its statements. */
export interface SessionWatch {
  /** Whether it is in a transaction: the script has its own BEGIN. */
  isInTransaction: boolean;
  /** Of the statements that were sent together, those that are done. */
  completed: number;
}

/** `onParameter` hears what the server says of its settings, with each change. */
export function watchSession(client: Client, onParameter: (name: string, value: string) => void): SessionWatch {
  const watch: SessionWatch = { isInTransaction: false, completed: 0 };
  const wire = wireOf(client);
  wire.on("readyForQuery", ({ status }: { status: string }) => {
    watch.isInTransaction = status !== "I";
  });
  wire.on("commandComplete", () => {
    watch.completed += 1;
  });
  wire.on("parameterStatus", ({ parameterName, parameterValue }: { parameterName: string; parameterValue: string }) => {
    onParameter(parameterName, parameterValue);
  });
  return watch;
}

/** Runs a COPY … FROM STDIN with these rows, and returns how many there were. The slower side holds the faster back. */
export const copyIn = (client: Client, statement: string, chunks: AsyncIterable<Buffer>): Promise<number> =>
  run(client, statement, (wire, isFailed) => send(wire, chunks, isFailed));

/** Runs statements, and returns how many rows they brought. What they answer is for nobody, and is not kept. */
export const runStatements = (client: Client, statements: string): Promise<number> =>
  run(client, statements, (wire) => {
    wire.sendCopyFail("no rows follow this statement");
    return Promise.resolve();
  });

async function send(wire: Wire, chunks: AsyncIterable<Buffer>, isFailed: () => boolean): Promise<void> {
  for await (const chunk of chunks) {
    if (isFailed() || wire.stream.destroyed) return;
    wire.sendCopyFromChunk(chunk);
    if (wire.stream.writableNeedDrain) await Promise.race([once(wire.stream, "drain"), once(wire.stream, "close")]);
  }
  if (!isFailed()) wire.endCopyFrom();
}

type OnCopyIn = (wire: Wire, isFailed: () => boolean) => Promise<void>;

function run(client: Client, text: string, onCopyIn: OnCopyIn): Promise<number> {
  return new Promise((resolve, reject) => {
    let rows = 0;
    let failure: unknown;
    const query = {
      callback: () => {},
      submit: (connection: Connection) => (connection as unknown as Wire).query(text),
      handleCopyInResponse: (wire: Wire) => {
        onCopyIn(wire, () => failure !== undefined).catch((error: unknown) => {
          failure ??= error;
          wire.sendCopyFail("the file cannot be read on");
        });
      },
      handleRowDescription: () => {},
      handleDataRow: () => {},
      handleCopyData: () => {},
      handleEmptyQuery: () => {},
      handleCommandComplete: (message: { text: string }) => {
        rows += Number(/^(?:COPY|INSERT 0) (\d+)/.exec(message.text)?.[1] ?? 0);
      },
      handleError: (error: unknown) => {
        // What broke first is why. Where the session is lost nothing more comes.
        failure ??= error;
        reject(failure);
      },
      handleReadyForQuery: () => (failure === undefined ? resolve(rows) : reject(failure)),
    };
    client.query(query);
  });
}
