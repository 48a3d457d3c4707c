import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "pg";
import { FerryError } from "@/lib/errors/ferry-error";
import { failpoint } from "@/lib/failpoints";
import { type MeasuredObject, type MeasuredObjects, PIECE_BYTES } from "@/lib/plan/split-objects";
import type { ObjectsPart, OidRange } from "@/lib/plan/unit";
import { type ObjectPiece, objectBatches } from "./object-batches";

/** Objects that are looked at in one unit; the rest of a range gets a unit of its own. */
const MOST_OBJECTS = 2_000;

const AFTER_THE_MOST = `
  select oid::int8::float8 as oid
    from pg_catalog.pg_largeobject_metadata
   where oid >= $1::oid and ($2::oid is null or oid < $2::oid)
   order by oid offset $3 limit 1`;

/**
 * An object is as long as where its end is found. 262144 opens it for reading under the transaction's snapshot; it is
 * closed at once, since otherwise all of them stay open until the transaction ends.
 */
const LENGTHS = `
  select m.oid::int8::float8 as oid, e.bytes::float8 as bytes, e.closed
    from pg_catalog.pg_largeobject_metadata m,
         lateral (select lo_lseek64(fd, 0, 2) as bytes, lo_close(fd) as closed from lo_open(m.oid, 262144) as fd) e
   where m.oid >= $1::oid and ($2::oid is null or m.oid < $2::oid)
   order by m.oid`;

export async function measureObjects(client: Client, { from, to }: OidRange): Promise<MeasuredObjects> {
  const after = await client.query<{ oid: number }>(AFTER_THE_MOST, [from, to, MOST_OBJECTS]);
  const restFrom = after.rows[0]?.oid ?? null;
  const { rows } = await client.query<MeasuredObject>(LENGTHS, [from, restFrom ?? to]);
  return { objects: rows.map(({ oid, bytes }) => ({ oid, bytes })), restFrom };
}

/** The digest is the source's own, so that what is compared in the end are the two servers. */
const READ = `
  select md5(d.bytes) as digest, encode(d.bytes, 'base64') as text
    from unnest($1::oid[], $2::int8[], $3::int4[]) with ordinality as p (oid, "from", length, place),
         lateral (select lo_get(p.oid, p."from", p.length) as bytes offset 0) d
   order by p.place`;

const WRITE = `
  select lo_put(p.oid, p."from", substr($1::bytea, p.start, p.length))
    from unnest($2::oid[], $3::int8[], $4::int4[], $5::int4[]) as p (oid, "from", start, length)`;

const DIFFERENT = `
  select p.oid::int8::float8 as oid
    from unnest($1::oid[], $2::int8[], $3::int4[], $4::text[]) as p (oid, "from", length, digest)
   where md5(lo_get(p.oid, p."from", p.length)) is distinct from p.digest
   limit 1`;

const ZEROS = Buffer.alloc(PIECE_BYTES);

interface Sent {
  piece: ObjectPiece;
  digest: string;
}

interface Read extends Sent {
  bytes: Buffer;
}

export interface ObjectEnds {
  source: Client;
  target: Client;
  /** Says for how many milliseconds nothing more is wanted. */
  onBytes: (bytes: number) => number;
}

/**
 * Brings the bytes of objects that the target has made: while one batch is written the next is read, and there are
 * never more than two. In the end the target is asked whether it has what the source sent.
 */
export async function carryBytes(ends: ObjectEnds, part: ObjectsPart, objects: MeasuredObject[]): Promise<number> {
  const { source, target, onBytes } = ends;
  const batches = objectBatches(part, objects);
  const sent: Sent[] = [];
  let total = 0;
  const readNext = (holdMs: number): Promise<Read[]> | null => {
    const { value, done } = batches.next();
    if (done) return null;
    const reading = holdMs > 0 ? sleep(holdMs).then(() => readPieces(source, value)) : readPieces(source, value);
    // Should writing fail meanwhile, nobody waits for this any more.
    reading.catch(() => {});
    return reading;
  };
  for (let ahead = readNext(0); ahead; ) {
    const batch: Read[] = await ahead;
    const bytes = batch.reduce((sum, read) => sum + read.bytes.length, 0);
    ahead = readNext(onBytes(bytes));
    await writePieces(target, batch);
    await failpoint("objects.half", { session: target });
    total += bytes;
    sent.push(...batch.map(({ piece, digest }) => ({ piece, digest })));
  }
  await compare(target, sent);
  return total;
}

async function readPieces(source: Client, pieces: ObjectPiece[]): Promise<Read[]> {
  const values = [pieces.map(({ oid }) => oid), pieces.map(({ from }) => from), pieces.map(({ length }) => length)];
  const { rows } = await source.query<{ digest: string; text: string }>(READ, values);
  return pieces.map((piece, index) => {
    const { digest = "", text = "" } = rows[index] ?? {};
    return { piece, digest, bytes: Buffer.from(text, "base64") };
  });
}

/** A hole reads as zeros and is left a hole, but for the end of what a unit brings: an object ends with its last byte. */
const isWritten = ({ piece, bytes }: Read) => piece.isLast || !bytes.equals(ZEROS.subarray(0, bytes.length));

async function writePieces(target: Client, batch: Read[]): Promise<void> {
  const written = batch.filter(isWritten);
  if (written.length === 0) return;
  let start = 1;
  const starts = written.map(({ bytes }) => {
    start += bytes.length;
    return start - bytes.length;
  });
  await target.query(WRITE, [
    written.length === 1 ? written[0]?.bytes : Buffer.concat(written.map(({ bytes }) => bytes)),
    written.map(({ piece }) => piece.oid),
    written.map(({ piece }) => piece.from),
    starts,
    written.map(({ bytes }) => bytes.length),
  ]);
}

async function compare(target: Client, sent: Sent[]): Promise<void> {
  const pieces = sent.map(({ piece }) => piece);
  const { rows } = await target.query<{ oid: number }>(DIFFERENT, [
    pieces.map(({ oid }) => oid),
    pieces.map(({ from }) => from),
    pieces.map(({ length }) => length),
    sent.map(({ digest }) => digest),
  ]);
  const [first] = rows;
  if (first) throw new FerryError("large_objects.changed_on_the_way", { subject: `large object ${first.oid}` });
}
