import { messageOf } from "@/lib/errors/ferry-error";
import { withSession } from "@/lib/postgres/session";
import { sequenceName } from "@/lib/verify/structure/compare-sequences";
import type { SequenceFact } from "@/lib/verify/structure/facts";
import { readSequences } from "@/lib/verify/structure/read-facts";
import { openCredential } from "../credentials";
import { logEvent } from "../log";
import type { ImportRecord } from "../record";

/**
 * Where the source's sequences stand when all is copied, since they move on whatever the snapshot. The source has given
 * all that the import needs: should it not answer any more, that is said, and null returned.
 */
export async function sequencesAfterwards({
  id: importId,
  options,
}: Pick<ImportRecord, "id" | "options">): Promise<ReadonlyMap<string, SequenceFact> | null> {
  if (options.content !== "all") return null;
  try {
    const spec = await openCredential(importId, "source");
    const session = { side: "source", name: `ferry ${importId} verify` } as const;
    const sequences = await withSession(spec, session, readSequences);
    return new Map(sequences.map((fact) => [sequenceName(fact), fact]));
  } catch (error) {
    const words = `The source could not be asked where its sequences stand now: ${messageOf(error)}`;
    await logEvent(importId, "warn", "verify.source_silent", words);
    return null;
  }
}
