import { FerryError } from "@/lib/errors/ferry-error";

export type TextEncoding = "UTF8" | "LATIN1" | "WIN1252";

/** In Windows-1252 these five stand for nothing. */
const UNDEFINED_IN_1252 = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

/** By all bytes of a file, not by its beginning: one street in ten million rows has the first umlaut. */
export async function recogniseEncoding(chunks: AsyncIterable<Buffer>): Promise<TextEncoding> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let isUtf8 = true;
  const above = new Uint8Array(256);
  for await (const chunk of chunks) {
    if (chunk.includes(0)) throw new FerryError("file.unknown_kind", { reason: "It holds bytes that are no text" });
    if (isUtf8) isUtf8 = canDecode(decoder, chunk);
    for (const byte of chunk) above[byte] = 1;
  }
  if (isUtf8 && canDecode(decoder)) return "UTF8";
  const controls = Array.from({ length: 32 }, (_, index) => 0x80 + index).filter((byte) => above[byte] === 1);
  if (controls.length === 0) return "LATIN1";
  return controls.some((byte) => UNDEFINED_IN_1252.has(byte)) ? "LATIN1" : "WIN1252";
}

function canDecode(decoder: TextDecoder, chunk?: Buffer): boolean {
  try {
    decoder.decode(chunk, { stream: chunk !== undefined });
    return true;
  } catch {
    return false;
  }
}
