import { FerryError } from "@/lib/errors/ferry-error";

/** Reads the primitive values of pg_dump's custom format. Anything out of bounds stops it, with the place. */
export class ArchiveReader {
  integerBytes = 4;
  offsetBytes = 8;
  /** Named in an error. */
  where = "its first bytes";
  private at = 0;
  // A name that is not UTF-8 would come out changed: such an entry is refused instead.
  private readonly decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

  constructor(private readonly bytes: Uint8Array) {}

  byte(): number {
    const value = this.bytes[this.at++];
    if (value === undefined) throw this.unreadable();
    return value;
  }

  ascii(length: number): string {
    return String.fromCharCode(...this.take(length));
  }

  /** A sign byte, then the magnitude, lowest byte first. */
  integer(): number {
    const negative = this.byte() !== 0;
    let value = 0;
    for (let index = 0; index < this.integerBytes; index++) value += this.byte() * 256 ** index;
    return negative ? -value : value;
  }

  text(): string | null {
    const length = this.integer();
    if (length < 0) return null;
    try {
      return this.decoder.decode(this.take(length));
    } catch (cause) {
      throw cause instanceof FerryError ? cause : this.unreadable(cause);
    }
  }

  /** Where the data of an entry would stand: a flag and a position. */
  offset(): void {
    this.take(1 + this.offsetBytes);
  }

  private take(length: number): Uint8Array {
    const end = this.at + length;
    if (end > this.bytes.length) throw this.unreadable();
    const taken = this.bytes.subarray(this.at, end);
    this.at = end;
    return taken;
  }

  private unreadable(cause?: unknown): FerryError {
    return new FerryError("schema.archive_unreadable", { entry: this.where }, { cause });
  }
}
