const HEADER_BYTES = 5;
const KIBIBYTE = 1024;
const MEBIBYTE = 1024 * KIBIBYTE;

/** What a server sends that no Postgres server does, or more of it than is read here. */
export class WireBroken extends Error {
  override readonly name = "WireBroken";
}

export interface WireLimits {
  /** Of one message before the login is done, and of all of them. */
  loginMessageBytes: number;
  loginBytes: number;
  /** Of one row. */
  rowBytes: number;
  /** Of any other message. */
  messageBytes: number;
  /** Of all rows that answer one question, each with what it takes to keep it. */
  answerBytes: number;
}

/** The largest honest answers are lists of a million relations. Rows that are copied do not come this way. */
export const WIRE_LIMITS: WireLimits = {
  loginMessageBytes: 64 * KIBIBYTE,
  loginBytes: MEBIBYTE,
  rowBytes: 64 * MEBIBYTE,
  messageBytes: 2 * MEBIBYTE,
  answerBytes: 256 * MEBIBYTE,
};

/** What keeping a row and a field of it takes beside its text. */
const ROW_BYTES = 64;
const FIELD_BYTES = 16;

/** Messages of servers by their letters; everything else is none. */
const KNOWN = new Set("123ACDEGHIKNRSTVWZcdnstv".split("").map((letter) => letter.charCodeAt(0)));
const code = (letter: string) => letter.charCodeAt(0);
const [ROW, COPY_DATA, COLUMNS, READY, LOGIN] = [code("D"), code("d"), code("T"), code("Z"), code("R")];

/** Ways of signing in that pg has; others would be an exception in the middle of its reading. */
const SIGN_IN = new Set([0, 3, 5, 10, 11, 12]);
const WAYS = new Map([
  [2, "Kerberos V5"],
  [7, "GSSAPI"],
  [8, "GSSAPI"],
  [9, "SSPI"],
]);

/**
 * Looks at a server's messages before pg does, which believes each length, keeps whatever comes until it has come to
 * its end, and throws in the middle of its reading at what it does not know. No I/O.
 */
export class WireBounds {
  /** The beginning of a message whose end has not come. */
  private pieces: Buffer[] = [];
  private size = 0;
  /** From so many bytes on there is something to look at. */
  private needed = 1;
  private isIn = false;
  private loginBytes = 0;
  private answerBytes = 0;

  constructor(private readonly limits: WireLimits = WIRE_LIMITS) {}

  /** Whether the server has let us in: what it says before tells who it is. */
  get isLoggedIn(): boolean {
    return this.isIn;
  }

  /** The whole messages that are there now. Throws `WireBroken` at the first that is not to be read on. */
  scan(arrived: Buffer): Buffer {
    this.pieces.push(arrived);
    this.size += arrived.length;
    if (this.size < this.needed) return arrived.subarray(0, 0);
    const chunk = this.pieces.length === 1 ? arrived : Buffer.concat(this.pieces);
    let at = 0;
    this.needed = 1;
    while (at < chunk.length) {
      const end = this.endOf(chunk.subarray(at, at + HEADER_BYTES));
      if (at + end > chunk.length) {
        this.needed = end;
        break;
      }
      this.check(chunk[at] as number, chunk.subarray(at + HEADER_BYTES, at + end));
      at += end;
    }
    this.pieces = at < chunk.length ? [chunk.subarray(at)] : [];
    this.size = chunk.length - at;
    return chunk.subarray(0, at);
  }

  /** How long the message is that begins so; of one that has hardly begun, its header. */
  private endOf(header: Buffer): number {
    const type = header[0] as number;
    if (!KNOWN.has(type)) throw new WireBroken("a message that Postgres does not have");
    if (header.length < HEADER_BYTES) return HEADER_BYTES;
    const length = header.readUInt32BE(1);
    const { loginMessageBytes, rowBytes, messageBytes } = this.limits;
    const isLong = type === ROW || type === COPY_DATA;
    const most = this.isIn ? (isLong ? rowBytes : messageBytes) : loginMessageBytes;
    if (length < 4) throw new WireBroken("a message that is shorter than its own length");
    if (length > most) throw new WireBroken(`a message of ${length} bytes, of which ${most} are read at most`);
    return 1 + length;
  }

  private check(type: number, body: Buffer): void {
    if (!this.isIn) this.countLogin(HEADER_BYTES + body.length);
    if (type === LOGIN) checkLogin(body);
    if (type === COLUMNS) checkColumns(body);
    if (type === ROW) this.countAnswer(body);
    if (type !== READY) return;
    this.isIn = true;
    this.answerBytes = 0;
  }

  private countLogin(bytes: number): void {
    this.loginBytes += bytes;
    if (this.loginBytes > this.limits.loginBytes) throw new WireBroken("a login that does not end");
  }

  private countAnswer(row: Buffer): void {
    checkRow(row);
    this.answerBytes += row.length + ROW_BYTES + FIELD_BYTES * row.readInt16BE(0);
    const { answerBytes } = this.limits;
    if (this.answerBytes > answerBytes) {
      throw new WireBroken(
        `an answer of more than the ${Math.round(answerBytes / MEBIBYTE)} MiB that are read at most`,
      );
    }
  }
}

const widthOf = (body: Buffer): number => (body.length < 2 ? -1 : body.readInt16BE(0));

/** A column takes a name's end and 18 bytes at least. */
function checkColumns(body: Buffer): void {
  const width = widthOf(body);
  if (width < 0 || 2 + width * 19 > body.length) throw new WireBroken("more columns than it describes");
}

/** pg would read a field beyond its row's end. And no text of Postgres has a zero byte, which nothing could store. */
function checkRow(row: Buffer): void {
  const width = widthOf(row);
  if (width < 0) throw new WireBroken("a row that does not say how wide it is");
  let at = 2;
  for (let field = 0; field < width; field++) {
    const length = at + 4 <= row.length ? row.readInt32BE(at) : Number.NaN;
    at += 4 + Math.max(0, length);
    if (!(length >= -1 && at <= row.length)) throw new WireBroken("a row that is shorter than its fields");
    if (length > 0 && row.subarray(at - length, at).includes(0)) throw new WireBroken("a value with a zero byte in it");
  }
  if (at !== row.length) throw new WireBroken("a row that is longer than its fields");
}

function checkLogin(body: Buffer): void {
  const way = body.length >= 4 ? body.readInt32BE(0) : -1;
  if (!SIGN_IN.has(way)) throw new WireBroken(`a request to sign in by ${WAYS.get(way) ?? "something unknown"}`);
}
