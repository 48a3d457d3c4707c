import { createHash } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";
import type { Archive } from "./archive";
import { withoutRefusedOptions } from "./policy/rewrite/unknown-options";

const OLDEST_VERSION = 0;

/** The form in which an archive lies in the metadata database. */
export function packArchive(archive: Archive): Buffer {
  return gzipSync(JSON.stringify(archive), { level: 6 });
}

export function unpackArchive(packed: Uint8Array): Archive {
  return JSON.parse(gunzipSync(packed).toString("utf8")) as Archive;
}

/**
 * Equal for two archives of one database whose schema did not change in between. Ids and order are pg_dump's own and
 * may differ from run to run, and so may a server's private options.
 */
export function digestArchive({ entries }: Archive): string {
  const lines = entries.map(({ kind, schema, name, owner, statement, tablespace, accessMethod }) => {
    const text = withoutRefusedOptions(statement, OLDEST_VERSION)?.statement ?? statement;
    return JSON.stringify([kind, schema, name, owner, text, tablespace, accessMethod]);
  });
  return createHash("sha256").update(lines.sort().join("\n")).digest("hex");
}
