import type { Socket } from "node:net";
import { LendingSocket } from "@/lib/postgres/lending-socket";
import { CopyFrames, type Scanned } from "./copy-frames";

const COPY_DONE = 0x63;

export interface TapListener {
  /** CopyData as it came, and what is in it. If the tap is held in this call the chunks are lent until it goes on. */
  onRows(chunks: Buffer[], bytes: number): void;
  /** All rows have come. */
  onDone(): void;
}

type Listener = (chunk: Buffer) => void;

/**
 * Reads a session in pg's place, from before its `COPY … TO STDOUT` for as long as rows come, and gives back to pg what
 * is not a row. What follows them, it gives back when it is held no more.
 */
export class SourceTap {
  readonly #frames = new CopyFrames();
  readonly #toPg: Listener;
  #isHeld = false;
  /** What follows the rows. */
  #rest: Buffer | null = null;
  #isReading = true;

  constructor(
    private readonly stream: Socket,
    private readonly listener: TapListener,
  ) {
    const [toPg] = stream.listeners("data") as Listener[];
    if (!toPg) throw new Error("pg does not read from its connection.");
    this.#toPg = toPg;
    stream.removeListener("data", toPg);
    stream.on("data", this.#read);
    this.#lend(true);
  }

  /** How much is missing of a frame that was begun. */
  get missing(): number {
    return this.#frames.missing;
  }

  hold(): void {
    this.#isHeld = true;
    this.stream.pause();
  }

  /** Once all has been read the session is somebody else's, who may hold it for reasons of their own. */
  goOn(): void {
    this.#isHeld = false;
    if (!this.#isReading) return;
    if (this.#rest) this.#handBack(this.#rest);
    this.stream.resume();
  }

  readonly #read: Listener = (chunk) => {
    if (this.stream.destroyed) return;
    const scanned = this.#scan(chunk);
    if (!scanned) return;
    const { data, bytes, aside, rest } = scanned;
    // What pg does not understand at once it keeps, so it gets copies.
    for (const frame of aside) this.#toPg(Buffer.from(frame));
    if (data.length > 0) this.listener.onRows(data, bytes);
    if (!rest) return;
    this.#rest = Buffer.from(rest);
    if (!this.#isHeld) this.goOn();
  };

  /** A source that sends what no server does is left, which fails its query. */
  #scan(chunk: Buffer): Scanned | null {
    try {
      return this.#frames.scan(chunk);
    } catch (error) {
      this.stream.destroy(error instanceof Error ? error : undefined);
      return null;
    }
  }

  #handBack(rest: Buffer): void {
    this.#isReading = false;
    this.stream.removeListener("data", this.#read);
    this.stream.on("data", this.#toPg);
    this.#lend(false);
    if (rest[0] === COPY_DONE) this.listener.onDone();
    this.#toPg(rest);
  }

  #lend(isLending: boolean): void {
    if (this.stream instanceof LendingSocket) this.stream.isLending = isLending;
  }
}
