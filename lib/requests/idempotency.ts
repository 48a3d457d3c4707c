import { createHash, createHmac } from "node:crypto";
import { and, eq, isNull, lt, sql } from "drizzle-orm";
import { database } from "@/lib/db/client";
import { idempotencyKeys } from "@/lib/db/schema";
import { FerryError } from "@/lib/errors/ferry-error";

/** So long an answer is kept for who asks again. */
const KEPT_SECONDS = 24 * 3_600;
/** Longer than the platform lets a request work: whoever began it has died. */
const GIVEN_UP_SECONDS = 15 * 60;
const LONGEST_KEY = 200;

export interface RepeatableRequest {
  /** The header `Idempotency-Key`; without one nothing is kept. */
  key: string | null;
  /** Whose key it is: two users may choose the same. */
  scope: string;
  /** What is asked for, whole: a key is good for this only. */
  content: string;
}

/** Does the work once for each key, and answers a second request by what the first one was answered. */
export async function doOnce<T>({ key, scope, content }: RepeatableRequest, work: () => Promise<T>): Promise<T> {
  if (key === null) return work();
  if (!/^[\x21-\x7e]+$/.test(key) || key.length > LONGEST_KEY) {
    throw new FerryError("input.invalid", {
      reason: `an Idempotency-Key has 1 to ${LONGEST_KEY} printable characters`,
    });
  }
  const id = createHash("sha256").update(`${scope}\n${key}`).digest("base64url");
  // The content may hold a password. The key that its digest is made with is not kept, so nobody can try passwords on it.
  const request = createHmac("sha256", key).update(content).digest("base64url");
  const known = await take(id, request);
  if (known) {
    if (known.request !== request) throw new FerryError("request.repeated", { isOther: true });
    if (known.answer === null) throw new FerryError("request.repeated", { isOther: false });
    return (known.answer as { value: T }).value;
  }
  try {
    const value = await work();
    await database().update(idempotencyKeys).set({ answer: { value } }).where(eq(idempotencyKeys.key, id));
    return value;
  } catch (error) {
    // What did not work may be tried again under the same key.
    await database().delete(idempotencyKeys).where(eq(idempotencyKeys.key, id));
    throw error;
  }
}

/** Null when it is this request's to do; else what is known of the one that was first. */
async function take(id: string, request: string) {
  const db = database();
  const ago = (seconds: number) => sql`now() - make_interval(secs => ${seconds})`;
  await db.delete(idempotencyKeys).where(lt(idempotencyKeys.at, ago(KEPT_SECONDS)));
  await db
    .delete(idempotencyKeys)
    .where(
      and(eq(idempotencyKeys.key, id), isNull(idempotencyKeys.answer), lt(idempotencyKeys.at, ago(GIVEN_UP_SECONDS))),
    );
  const taken = await db.insert(idempotencyKeys).values({ key: id, request }).onConflictDoNothing().returning();
  if (taken.length > 0) return null;
  const [known] = await db.select().from(idempotencyKeys).where(eq(idempotencyKeys.key, id));
  // Gone in between: the first one has just failed.
  return known ?? { request, answer: null };
}
