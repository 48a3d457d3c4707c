import { explain, toStored } from "@/lib/errors/describe";
import { FerryError } from "@/lib/errors/ferry-error";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { readConnection } from "@/lib/source/connection-string";
import type { Note } from "@/lib/source/pasted/parts";
import { directSpec, knownAddress } from "@/lib/source/providers/address";
import { lookAlike } from "@/lib/source/providers/recognise";

/** What is understood of a pasted text, while it is typed. The password is told by its presence only. */
export type Reading =
  | { kind: "empty" }
  | { kind: "unreadable"; sentence: string; place: { from: number; to: number } | null }
  | {
      kind: "understood";
      parts: { word: string; value: string }[];
      /** What is not used, and what Ferry makes of the address, in whole sentences. */
      notes: string[];
      /** Stays in the browser, for the fields in which it is edited. */
      spec: ConnectionSpec;
    };

export function readPaste(text: string): Reading {
  if (text.trim() === "") return { kind: "empty" };
  try {
    const { spec, notes } = readConnection(text);
    return { kind: "understood", parts: partsOf(spec), notes: [...notes.map(noteSentence), ...ofAddress(spec)], spec };
  } catch (error) {
    if (!(error instanceof FerryError)) throw error;
    const { from, to } = error.context;
    const place = typeof from === "number" && typeof to === "number" ? { from, to } : null;
    return { kind: "unreadable", sentence: explain(toStored(error)).what, place };
  }
}

/** Of what was entered part by part: what Ferry makes of it, and what nobody has entered. */
export function readAddressOf(spec: ConnectionSpec): { parts: { word: string; value: string }[]; notes: string[] } {
  return { parts: partsOf(spec).filter(({ word }) => word === "Provider"), notes: ofAddress(spec) };
}

function partsOf(spec: ConnectionSpec): { word: string; value: string }[] {
  const { tls, otherHosts = [] } = spec;
  const provider = knownAddress(spec)?.provider.name;
  const all: [string, string | undefined][] = [
    ["Provider", provider],
    ["Host", spec.host],
    ["Port", String(spec.port)],
    ["Other hosts", otherHosts.map(({ host, port }) => `${host}:${port}`).join(", ") || undefined],
    ["Database", spec.database],
    ["User", spec.user],
    ["Password", spec.password === null ? "none" : "given"],
    ["TLS", tls.mode],
    ["CA", tls.ca ? "given" : undefined],
    ["Client certificate", tls.certificate ? "given" : undefined],
  ];
  return all.flatMap(([word, value]) => (value === undefined ? [] : [{ word, value }]));
}

const noteSentence = ({ name, reason }: Note) => `${name} is not used: ${reason}.`;

function ofAddress(spec: ConnectionSpec): string[] {
  const name = lookAlike({ host: spec.host });
  if (name !== null) return [`This is ${name}, which only speaks like Postgres: it cannot be imported.`];
  const direct = directSpec(spec);
  const rule = knownAddress(spec)?.rule;
  if (direct.given) return [`${rule?.advice ?? ""} Ferry goes to ${direct.host}:${direct.port}.`.trim()];
  return rule ? [rule.advice] : [];
}
