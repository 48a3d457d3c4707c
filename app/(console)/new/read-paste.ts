import { explain, toStored } from "@/lib/errors/describe";
import { FerryError } from "@/lib/errors/ferry-error";
import { parseConnectionString } from "@/lib/source/connection-string";

/** What is understood of a pasted text, while it is typed. The password is told by its presence only. */
export type Reading =
  | { kind: "empty" }
  | { kind: "unreadable"; sentence: string }
  | { kind: "understood"; parts: { word: string; value: string }[] };

export function readPaste(text: string): Reading {
  if (text.trim() === "") return { kind: "empty" };
  try {
    const spec = parseConnectionString(text);
    return {
      kind: "understood",
      parts: [
        { word: "Host", value: spec.host },
        { word: "Port", value: String(spec.port) },
        { word: "Database", value: spec.database },
        { word: "User", value: spec.user },
        { word: "Password", value: spec.password === null ? "none" : "given" },
        { word: "TLS", value: spec.tls.mode },
      ],
    };
  } catch (error) {
    if (error instanceof FerryError) return { kind: "unreadable", sentence: explain(toStored(error)).what };
    throw error;
  }
}
