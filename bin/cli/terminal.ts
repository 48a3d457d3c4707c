import { plainText } from "@/lib/security/plain-text";

type Stream = Pick<NodeJS.WriteStream, "write" | "isTTY">;

/** Everything that people read, and JSON: names and messages of a server do nothing to a terminal. */
export function tell(text: string, stream: Stream = process.stderr): void {
  stream.write(plainText(text));
}

/** What must be exact where it goes to a file or a program: SQL, and what is signed. */
export function handOver(text: string, stream: Stream = process.stdout): void {
  stream.write(stream.isTTY ? plainText(text) : text);
}

export const tellJson = (document: unknown): void => tell(`${JSON.stringify(document, null, 2)}\n`, process.stdout);
