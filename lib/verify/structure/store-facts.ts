import { gunzipSync, gzipSync } from "node:zlib";
import type { StructureFacts } from "./facts";

/** As they lie in the metadata database. */
export const packFacts = (facts: StructureFacts): Buffer => gzipSync(JSON.stringify(facts), { level: 6 });

export const unpackFacts = (packed: Uint8Array): StructureFacts =>
  JSON.parse(gunzipSync(packed).toString("utf8")) as StructureFacts;
