import { lt, sql } from "drizzle-orm";
import { database } from "./client";
import { rateCounts } from "./schema";

/** Counts that no window needs any more are swept by one call in so many. */
const SWEEP_ONE_IN = 200;
const KEPT_SECONDS = 24 * 3_600;

/** One statement for all keys, by the database's own clock: many processes count as one. */
export async function countInDatabase(
  keys: readonly string[],
  seconds: number,
): Promise<{ highest: number; secondsLeft: number }> {
  const { rows } = await database().execute<{ count: number; left: number }>(sql`
    insert into ${rateCounts} as r (key, began, count)
    select key, floor(extract(epoch from now()) / ${seconds}::int) * ${seconds}::int, 1
      from unnest(${sql.param(keys)}::text[]) as key
        on conflict (key) do update
       set count = case when r.began = excluded.began then r.count + 1 else 1 end, began = excluded.began
    returning count, (began + ${seconds}::int - extract(epoch from now()))::float8 as left`);
  if (Math.random() * SWEEP_ONE_IN < 1) await sweep();
  return {
    highest: Math.max(0, ...rows.map(({ count }) => count)),
    secondsLeft: rows[0]?.left ?? seconds,
  };
}

async function sweep(): Promise<void> {
  await database()
    .delete(rateCounts)
    .where(lt(rateCounts.began, sql`extract(epoch from now()) - ${KEPT_SECONDS}::int`));
}
