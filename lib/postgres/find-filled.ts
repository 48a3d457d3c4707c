import type { Client } from "pg";
import { quoteQualified } from "./quote";

const TABLES_AT_ONCE = 200;

/** Which of some tables have rows of their own. */
export async function findFilled<T extends { schema: string; name: string }>(
  client: Client,
  tables: readonly T[],
): Promise<T[]> {
  const filled: T[] = [];
  for (let at = 0; at < tables.length; at += TABLES_AT_ONCE) {
    const chunk = tables.slice(at, at + TABLES_AT_ONCE);
    const selects = chunk.map(
      ({ schema, name }, place) =>
        `select ${place} as place where exists (select from only ${quoteQualified(schema, name)})`,
    );
    const { rows } = await client.query<{ place: number }>(selects.join(" union all "));
    const places = new Set(rows.map(({ place }) => place));
    filled.push(...chunk.filter((_, place) => places.has(place)));
  }
  return filled;
}
