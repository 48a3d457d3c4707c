import * as z from "zod";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { FerryError } from "@/lib/errors/ferry-error";
import { fileSource } from "@/lib/files/file-source";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { withSession } from "@/lib/postgres/session";
import { systemIdentifier } from "@/lib/target/describe";
import { type EndSide, missingPasswords, storeCredential } from "./credentials";
import { writeLine } from "./log";
import type { EndpointRecord, ImportRecord } from "./record";
import { reachServer, readAddress, refuseSocketOfHost } from "./run/read-address";
import { targetOf } from "./run/targets";

const text = z.string().min(1).max(10_000).optional();

/** Whole connection strings, for the sides whose passwords are forgotten. */
export const givenSchema = z.object({ source: text, target: text });
export type GivenAgain = z.infer<typeof givenSchema>;

export const hasGiven = ({ source, target }: GivenAgain): boolean => source !== undefined || target !== undefined;

const LOOK_MS = 8_000;

/**
 * Seals again what was forgotten after an import's end, so that it can be retried: what somebody gives, if it leads to
 * the import's own database, and what Ferry can ask for by itself. Nothing is kept unless all of it was given.
 */
export async function givePasswords(record: ImportRecord, given: GivenAgain): Promise<void> {
  const missing = await missingPasswords(record.id);
  const sides = (["source", "target"] as const).filter((side) => missing.includes(side) || given[side] !== undefined);
  const specs = await Promise.all(
    sides.map(async (side) => {
      const pasted = given[side];
      const spec = pasted === undefined ? await ownSpec(record, side) : await namedSpec(record, side, pasted);
      if (!spec) throw new FerryError("credentials.wiped", { side });
      return { side, spec };
    }),
  );
  if (specs.length === 0) return;
  await database().transaction(async (tx) => {
    for (const { side, spec } of specs) await storeCredential(tx, record.id, side, spec);
    const message = `The password of the ${sides.join(" and the ")} is here again, and leads to the same database.`;
    await writeLine(tx, record.id, { level: "info", kind: "passwords.given", message });
  });
}

/** What nobody has to give: the demo and what was made of a file are Ferry's own, and a branch on Neon tells its address to who has the key. */
async function ownSpec(record: ImportRecord, side: EndSide): Promise<ConnectionSpec | null> {
  if (side === "source" && record.source.file) return (await fileSource(record.source.file)).spec;
  if (side === "source") {
    const url = record.source.kind === "demo" ? env().FERRY_DEMO_SOURCE_URL : undefined;
    return url ? { ...readAddress(side, url), isOwn: true } : null;
  }
  if (record.target.kind !== "neon") return null;
  return (await (await targetOf(record)).addresses()).direct;
}

/** What was pasted, once it is known to be the database that the import began with. */
async function namedSpec(record: ImportRecord, side: EndSide, pasted: string): Promise<ConnectionSpec> {
  const end = record[side];
  if (end.kind === "local" || end.kind === "neon") {
    const reason = "Ferry made the target of this import, and reaches it without a connection string";
    throw new FerryError("input.invalid", { reason });
  }
  refuseSocketOfHost(side, pasted);
  const spec = placeOf(readAddress(side, pasted), end);
  if (spec === null) throw otherDatabase(side, end);
  const reached = await reachServer(side, spec);
  const name = "ferry checks";
  const found = await withSession(reached, { side, name, workMs: LOOK_MS }, systemIdentifier);
  // Behind the same name there may be another server by now, and what is known of the first one is wrong there.
  if (end.systemIdentifier && found !== null && found !== end.systemIdentifier) throw otherDatabase(side, end);
  return reached;
}

/** Of several hosts the one that the import has met; null where there is none. Pure. */
export function placeOf(spec: ConnectionSpec, end: EndpointRecord): ConnectionSpec | null {
  const { otherHosts = [], sessionAttributes: _, ...rest } = spec;
  const places = [{ host: spec.host, port: spec.port }, ...otherHosts];
  const place = places.find(({ host, port }) => host === end.host && port === end.port);
  return place && spec.database === end.database && spec.user === end.user ? { ...rest, ...place } : null;
}

function otherDatabase(side: EndSide, { host, port, database: name, user }: EndpointRecord): FerryError {
  return new FerryError("credentials.other_database", { side, host, port, database: name, user });
}
