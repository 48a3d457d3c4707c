import { WIRE_LIMITS, WireBroken } from "@/lib/postgres/wire-bounds";

const HEADER_BYTES = 5;
const COPY_DATA = 0x64;
/** The answer to COPY, and what a server may say at any time: the copy goes on after them. */
const ASIDE = new Set([
  0x48 /* CopyOutResponse */, 0x4e /* Notice */, 0x53 /* ParameterStatus */, 0x41 /* Notification */,
]);

export interface Scanned {
  /** CopyData as it came, parts of frames too: to be sent on in this order. */
  data: Buffer[];
  /** What these hold without the frames' headers. */
  bytes: number;
  /** Whole frames that stood in between. */
  aside: Buffer[];
  /** From the frame on that ends the copy; null while it goes on. */
  rest: Buffer | null;
}

/**
 * Finds CopyData in a server's bytes, whatever pieces they come in. Both directions of a copy have the same frames, a
 * row each, so they are passed on in runs of many and no row is looked at. Throws `WireBroken`. No I/O.
 */
export class CopyFrames {
  /** Of a CopyData frame that has begun. */
  #ahead = 0;
  /** The beginning of a frame that cannot be told yet, in a copy: who has lent the chunk takes it back. */
  #held: Buffer | null = null;

  /** How much is missing of a frame whose beginning has been passed on. */
  get missing(): number {
    return this.#ahead;
  }

  scan(arrived: Buffer): Scanned {
    const chunk = this.#held ? Buffer.concat([this.#held, arrived]) : arrived;
    this.#held = null;
    const found: Scanned = { data: [], bytes: 0, aside: [], rest: null };
    let at = Math.min(this.#ahead, chunk.length);
    this.#ahead -= at;
    let begin = 0;
    let headers = 0;
    const endRun = () => {
      if (at > begin) found.data.push(chunk.subarray(begin, at));
      found.bytes += at - begin - headers;
    };
    while (at < chunk.length) {
      const isWhole = at + HEADER_BYTES <= chunk.length;
      const length = isWhole ? chunk.readUInt32BE(at + 1) : chunk.length;
      if (isWhole && length < 4) throw new WireBroken("a message that is shorter than its own length");
      const end = at + 1 + length;
      if (isWhole && chunk[at] === COPY_DATA) {
        this.#ahead = Math.max(0, end - chunk.length);
        headers += HEADER_BYTES;
        at = Math.min(end, chunk.length);
        continue;
      }
      endRun();
      if (isWhole && !ASIDE.has(chunk[at] as number)) {
        found.rest = chunk.subarray(at);
        return found;
      }
      // It is kept until it is whole; what is passed on may be of any length.
      if (isWhole && length > WIRE_LIMITS.messageBytes) throw new WireBroken(`a message of ${length} bytes`);
      if (end > chunk.length || !isWhole) {
        this.#held = Buffer.from(chunk.subarray(at));
        return found;
      }
      found.aside.push(chunk.subarray(at, end));
      at = end;
      begin = at;
      headers = 0;
    }
    endRun();
    return found;
  }
}
