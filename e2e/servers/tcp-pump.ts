import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

export interface Faults {
  /** Added to each round trip. */
  delayMs: number;
  /** In each direction of each connection. */
  bytesPerSecond: number;
  /** Nothing arrives any more and nobody is told; what is under way arrives when it ends. */
  blackHole: boolean;
}

/** What may be on its way before the sender is told to wait, as a network's own buffers would. */
const IN_FLIGHT_LIMIT_BYTES = 1 << 20;
const SLICE_BYTES = 16_384;
const BLACK_HOLE_POLL_MS = 10;

/** Carries bytes one way, in order: read ahead up to a limit, so that a delay costs latency and not throughput. */
export async function pump(from: Socket, to: Socket, faults: Faults, delayMs: () => number): Promise<void> {
  const queue: { bytes: Buffer; dueAt: number }[] = [];
  let inFlightBytes = 0;
  let ended = false;
  let wake = () => {};

  from.on("data", (bytes: Buffer) => {
    queue.push({ bytes, dueAt: performance.now() + delayMs() });
    inFlightBytes += bytes.length;
    if (inFlightBytes >= IN_FLIGHT_LIMIT_BYTES) from.pause();
    wake();
  });
  const end = () => {
    ended = true;
    wake();
  };
  from.on("end", end).on("close", end);
  to.on("close", end);

  for (;;) {
    const next = queue.shift();
    if (!next) {
      if (ended) break;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      continue;
    }
    if (next.dueAt > performance.now()) await sleep(next.dueAt - performance.now());
    await send(next.bytes, to, faults);
    inFlightBytes -= next.bytes.length;
    if (from.isPaused() && inFlightBytes < IN_FLIGHT_LIMIT_BYTES) from.resume();
  }
  to.end();
}

async function send(bytes: Buffer, to: Socket, faults: Faults): Promise<void> {
  for (let start = 0; start < bytes.length; start += SLICE_BYTES) {
    const slice = bytes.subarray(start, start + SLICE_BYTES);
    if (Number.isFinite(faults.bytesPerSecond)) await sleep((slice.length / faults.bytesPerSecond) * 1_000);
    while (faults.blackHole && !to.destroyed) await sleep(BLACK_HOLE_POLL_MS);
    if (to.destroyed) return;
    if (!to.write(slice)) await drained(to);
  }
}

async function drained(socket: Socket): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = () => {
      socket.off("drain", done).off("close", done);
      resolve();
    };
    socket.on("drain", done).on("close", done);
  });
}
