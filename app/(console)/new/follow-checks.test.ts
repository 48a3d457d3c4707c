import { expect, it } from "vitest";
import { eachLine } from "./follow-checks";

const heard = async (pieces: Uint8Array[]) => {
  const lines: string[] = [];
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
  await eachLine(stream, (line) => lines.push(line));
  return lines;
};

it("hears lines whole, wherever the pieces that they come in are cut", async () => {
  const bytes = new TextEncoder().encode('{"a":"größe"}\n{"b":1}\n\n{"c":"last"}');
  for (let size = 1; size <= bytes.length; size += 1) {
    const pieces: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.slice(at, at + size));
    expect(await heard(pieces)).toEqual(['{"a":"größe"}', '{"b":1}', '{"c":"last"}']);
  }
  expect(await heard([])).toEqual([]);
});
