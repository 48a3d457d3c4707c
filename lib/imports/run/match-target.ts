import { type Matching, matchShapes, tablesToFill } from "@/lib/plan/data-only/match";
import { mismatchSentences } from "@/lib/plan/data-only/mismatch-words";
import type { ObjectNote } from "@/lib/plan/left-out";
import { withSession } from "@/lib/postgres/session";
import { readReceiver } from "@/lib/source/receiver";
import type { Shape } from "@/lib/source/shape";
import { openCredential } from "../credentials";
import type { SchemaReading } from "./read-schema";

/** Looks at the tables that the target has, and sets the source's against them. */
export async function matchTarget(importId: string, { circumstances }: SchemaReading, shape: Shape): Promise<Matching> {
  const spec = await openCredential(importId, "target");
  const session = { side: "target", name: `ferry ${importId} plan` } as const;
  const wanted = tablesToFill(shape, circumstances);
  const receiver = await withSession(spec, session, (client) => readReceiver(client, wanted));
  return matchShapes(shape, receiver, circumstances);
}

export const mismatchNotes = ({ mismatches }: Pick<Matching, "mismatches">): ObjectNote[] =>
  mismatchSentences(mismatches).map(({ subject, message }) => ({ object: subject, reason: message }));
