import { readFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Client } from "pg";
import { from as copyFrom } from "pg-copy-streams";

/** `COPY … FROM stdin;`, its lines, and the `\.` that ends them. */
const COPY_BLOCK = /^(COPY .* FROM stdin;)\n((?:(?!\\\.$).*\n)*)\\\.$/gm;

export type DumpPiece = { sql: string } | { copy: string; rows: string };

/** A plain dump in the pieces in which a session can take it. */
export function dumpPieces(dump: string): DumpPiece[] {
  const pieces: DumpPiece[] = [];
  let end = 0;
  for (const match of dump.matchAll(COPY_BLOCK)) {
    const [whole, copy = "", rows = ""] = match;
    pieces.push({ sql: dump.slice(end, match.index) }, { copy, rows });
    end = match.index + whole.length;
  }
  return [...pieces, { sql: dump.slice(end) }];
}

/** Plays a plain dump, as psql would; there is no psql where tests run. */
export async function loadDump(client: Client, path: string): Promise<void> {
  for (const piece of dumpPieces(await readFile(path, "utf8"))) {
    if ("sql" in piece) await client.query(piece.sql);
    else await pipeline(Readable.from([piece.rows]), client.query(copyFrom(piece.copy)));
  }
  await client.query("reset all");
}
