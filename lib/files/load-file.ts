import { FerryError } from "@/lib/errors/ferry-error";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { closeSession, openSession } from "@/lib/postgres/session";
import { nameFromFile } from "./csv-names";
import { CsvScan } from "./csv-scan";
import { type CsvShape, recogniseCsv } from "./csv-shape";
import { HEAD_BYTES, lacksItsEnd, recogniseFile } from "./file-kind";
import type { FileOptions } from "./file-options";
import type { FileRecord, FileReport } from "./file-record";
import { freeBytes, LEFT_FREE_BYTES, readChunks, readPart, receivedBytes } from "./files-home";
import { type CsvReport, loadCsv } from "./load-csv";
import { loadScript } from "./load-script";
import { recogniseEncoding, type TextEncoding } from "./text-encoding";

interface Load {
  file: Pick<FileRecord, "id" | "name">;
  options: FileOptions;
  /** An empty database of a role of its own. */
  staging: ConnectionSpec;
  signal: AbortSignal;
  onRead: (bytes: number) => void;
}

const DISK_LOOK_MS = 2_000;
const decoders: Record<TextEncoding, string> = { UTF8: "utf-8", LATIN1: "latin1", WIN1252: "windows-1252" };

/** Makes a database of a file; whatever it is not sure of is an error. */
export async function loadInto(load: Load): Promise<FileReport> {
  const { id } = load.file;
  const head = await readPart(id, 0, HEAD_BYTES);
  const recognised = recogniseFile(head);
  if ("refused" in recognised) throw new FerryError("file.unknown_kind", { reason: recognised.refused });
  if (recognised.kind === "csv") return loadTable(load, head);
  const size = await receivedBytes(id);
  const tail = await readPart(id, size - HEAD_BYTES, HEAD_BYTES);
  if (lacksItsEnd(head.toString("latin1"), tail.toString("latin1")))
    throw new FerryError("file.truncated", { line: null });
  return inSession(load, (client, signal) => loadScript(client, readChunks(id, { signal, onRead: load.onRead })));
}

async function loadTable(load: Load, head: Buffer): Promise<CsvReport> {
  const { id, name } = load.file;
  const { signal, options, onRead } = load;
  const encoding = options.encoding ?? (await recogniseEncoding(readChunks(id, { signal })));
  const isWhole = (await receivedBytes(id)) <= head.length;
  const hasMark = encoding === "UTF8" && head.subarray(0, 3).toString("latin1") === "\xef\xbb\xbf";
  const from = hasMark ? 3 : 0;
  // What is cut at its end belongs to a line that is not looked at.
  const text = new TextDecoder(decoders[encoding]).decode(head.subarray(from));
  const seen = recogniseCsv(text, isWhole);
  const shape: CsvShape = {
    delimiter: options.delimiter ?? seen.delimiter,
    hasHeader: options.hasHeader ?? seen.hasHeader,
  };
  const scan = new CsvScan(shape.delimiter);
  for await (const chunk of readChunks(id, { from, signal })) scan.push(chunk);
  scan.end();
  const report = await inSession(load, (client, aborted) => {
    const chunks = readChunks(id, { from, signal: aborted, onRead });
    return loadCsv(client, { ...shape, encoding, head: text, isWhole, table: nameFromFile(name), chunks });
  });
  const expected = scan.records - (shape.hasHeader ? 1 : 0);
  if (report.rows !== expected) throw new FerryError("file.rows_missing", { found: report.rows, expected });
  return report;
}

type Work<T> = (client: Awaited<ReturnType<typeof openSession>>, signal: AbortSignal) => Promise<T>;

/** A session that ends when nobody wants it any more, or when the disk gets full. */
async function inSession<T>({ staging, signal }: Load, work: Work<T>): Promise<T> {
  const stop = new AbortController();
  const client = await openSession(staging, { side: "metadata", name: "ferry files" });
  const end = (reason: unknown) => {
    stop.abort(reason);
    void closeSession(client);
  };
  const leave = () => end(signal.reason);
  signal.addEventListener("abort", leave, { once: true });
  if (signal.aborted) leave();
  const look = setInterval(async () => {
    if ((await freeBytes()) < LEFT_FREE_BYTES) end(new FerryError("file.disk_full"));
  }, DISK_LOOK_MS);
  try {
    return await work(client, stop.signal);
  } catch (error) {
    throw stop.signal.aborted ? stop.signal.reason : error;
  } finally {
    clearInterval(look);
    signal.removeEventListener("abort", leave);
    await closeSession(client);
  }
}
