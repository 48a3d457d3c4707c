import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CopyFrames } from "./copy-frames";

function frame(type: string, body: Uint8Array): Buffer {
  const header = Buffer.alloc(5);
  header.write(type, "latin1");
  header.writeUInt32BE(body.length + 4, 1);
  return Buffer.concat([header, body]);
}

/** Rows may hold anything, what looks like frames too. */
const body = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc.constant(frame("c", Buffer.alloc(0))),
  fc.uint8Array({ minLength: 300, maxLength: 300 }),
);
const data = body.map((bytes) => ({ type: "d", bytes }));
const aside = fc.record({ type: fc.constantFrom("H", "N", "S", "A"), bytes: body });
const inside = fc.array(fc.oneof({ weight: 5, arbitrary: data }, { weight: 1, arbitrary: aside }), { maxLength: 30 });
const end = fc.record({ type: fc.constantFrom("c", "E"), bytes: fc.uint8Array({ maxLength: 20 }) });
const cuts = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 40 });

/** In pieces of the given sizes, one after the other and round again. */
function pieces(stream: Buffer, sizes: number[]): Buffer[] {
  const list: Buffer[] = [];
  for (let at = 0; at < stream.length; ) {
    const size = sizes[list.length % sizes.length] ?? 1;
    list.push(stream.subarray(at, at + size));
    at += size;
  }
  return list;
}

describe("the frames of a copy", () => {
  it("come out as they went in, whatever the pieces", () => {
    fc.assert(
      fc.property(inside, end, fc.uint8Array({ maxLength: 30 }), cuts, (frames, last, after, sizes) => {
        const of = (list: typeof frames) => Buffer.concat(list.map(({ type, bytes }) => frame(type, bytes)));
        const rows = frames.filter(({ type }) => type === "d");
        const stream = Buffer.concat([of(frames), frame(last.type, last.bytes), after]);

        const scanner = new CopyFrames();
        const seen = { data: [] as Buffer[], aside: [] as Buffer[], rest: [] as Buffer[], bytes: 0 };
        for (const piece of pieces(stream, sizes)) {
          if (seen.rest.length > 0) {
            seen.rest.push(piece);
            continue;
          }
          const lent = Buffer.from(piece);
          const scanned = scanner.scan(lent);
          seen.data.push(...scanned.data.map((chunk) => Buffer.from(chunk)));
          seen.aside.push(...scanned.aside.map((chunk) => Buffer.from(chunk)));
          seen.bytes += scanned.bytes;
          if (scanned.rest) seen.rest.push(Buffer.from(scanned.rest));
          // Whoever has lent it uses it for something else.
          lent.fill(0xff);
        }
        expect(Buffer.concat(seen.data)).toEqual(of(rows));
        expect(seen.bytes).toBe(rows.reduce((sum, { bytes }) => sum + bytes.length, 0));
        expect(Buffer.concat(seen.aside)).toEqual(of(frames.filter(({ type }) => type !== "d")));
        expect(Buffer.concat(seen.rest)).toEqual(Buffer.concat([frame(last.type, last.bytes), after]));
      }),
      { numRuns: 400 },
    );
  });

  it("are passed on in runs, and not one by one", () => {
    const rows = Buffer.concat(Array.from({ length: 1_000 }, () => frame("d", Buffer.from("row"))));
    expect(new CopyFrames().scan(rows)).toMatchObject({ data: [rows], bytes: 3_000, rest: null });
  });
});

describe("a source that is none", () => {
  const header = (type: string, length: number) => {
    const bytes = Buffer.alloc(5);
    bytes.write(type, "latin1");
    bytes.writeUInt32BE(length, 1);
    return bytes;
  };

  it("is left where a message is shorter than itself", () => {
    for (const type of ["d", "N", "c"]) expect(() => new CopyFrames().scan(header(type, 3))).toThrow("shorter");
  });

  it("is left where a notice would have to be kept that is too long", () => {
    expect(() => new CopyFrames().scan(header("N", 2 ** 31))).toThrow("2147483648 bytes");
  });

  it("may send a row of any length, which is passed on as it comes", () => {
    const frames = new CopyFrames();
    frames.scan(header("d", 2 ** 30));
    const piece = Buffer.alloc(65_536);
    for (let each = 0; each < 100; each++) expect(frames.scan(piece).data).toHaveLength(1);
  });
});
