import type { Socket } from "node:net";
import type { MessagePort } from "node:worker_threads";

/** The socket rests while this much lies unread before the worker. */
const UNREAD_LIMIT_BYTES = 2 * 1024 * 1024;

/** Carries a server's bytes to a worker that blocks until some arrive, no faster than it reads them. */
export class ServerFeed {
  /** True once the server has closed the connection, or the line has broken. */
  hungUp = false;
  private unreadBytes = 0;

  constructor(
    private readonly socket: Socket,
    private readonly toWorker: MessagePort,
    private readonly arrivals: Int32Array,
  ) {}

  start(): void {
    this.socket.on("data", this.onData);
    for (const event of ["end", "error", "close"]) this.socket.on(event, this.onHangUp);
    if (this.socket.destroyed || this.socket.readableEnded) this.onHangUp();
    this.socket.resume();
  }

  stop(): void {
    this.socket.off("data", this.onData);
    for (const event of ["end", "error", "close"]) this.socket.off(event, this.onHangUp);
    this.toWorker.close();
  }

  /** The worker has read so much. */
  taken(bytes: number): void {
    this.unreadBytes -= bytes;
    if (this.socket.isPaused() && this.unreadBytes < UNREAD_LIMIT_BYTES / 2) this.socket.resume();
  }

  private readonly onData = (chunk: Buffer): void => {
    this.unreadBytes += chunk.length;
    // A copy of its own: a chunk is a view into a larger buffer, which would travel along.
    const copy = new Uint8Array(chunk);
    this.send(copy, [copy.buffer]);
    if (this.unreadBytes > UNREAD_LIMIT_BYTES) this.socket.pause();
  };

  private readonly onHangUp = (): void => {
    if (this.hungUp) return;
    this.hungUp = true;
    this.send(null, []);
  };

  private send(message: Uint8Array | null, moved: ArrayBuffer[]): void {
    this.toWorker.postMessage(message, moved);
    Atomics.add(this.arrivals, 0, 1);
    Atomics.notify(this.arrivals, 0);
  }
}
