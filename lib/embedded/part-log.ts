import { createWriteStream, existsSync, readFileSync, renameSync, statSync } from "node:fs";

const ROTATE_AT_BYTES = 5 << 20;

/** Called before a log is opened: one older log is kept, the rest goes. */
export function rotateLog(path: string): void {
  if (existsSync(path) && statSync(path).size > ROTATE_AT_BYTES) renameSync(path, `${path}.old`);
}

export interface PartLog {
  line(text: string): void;
  close(): void;
}

export function openLog(path: string): PartLog {
  rotateLog(path);
  const stream = createWriteStream(path, { flags: "a", mode: 0o600 });
  return {
    line: (text) => {
      if (stream.writable) stream.write(`${new Date().toISOString()} ${text}\n`);
    },
    close: () => stream.end(),
  };
}

/** What a log has said since it was `startBytes` long. */
export function logSince(path: string, startBytes: number, lines = 12): string {
  const text = readFileSync(path).subarray(startBytes).toString("utf8").trimEnd();
  return text.split("\n").slice(-lines).join("\n");
}
