import { tablesInScope } from "@/lib/plan/scope";
import type { TableFacts } from "@/lib/source/facts/tables";
import type { Circumstance } from "./check";
import type { Facts } from "./facts";

export interface Named {
  schema: string;
  name: string;
}

export const keyOf = ({ schema, name }: Named) => JSON.stringify([schema, name]);

/**
 * What the choice takes in. Of what may be read, a choice of single tables counts as everything, since it drags in more
 * than it names.
 */
export function scopeOf({
  surroundings,
  sourceHost,
  options,
}: Pick<Facts, "surroundings"> & Circumstance): (relation: Named & Pick<TableFacts, "ancestors">) => boolean {
  const { schemas, tables } = options;
  const wide = { ...options, tables: [], schemas: tables.length > 0 ? [] : schemas };
  const inScope = tablesInScope({ host: sourceHost, surroundings, options });
  const inWideScope = tablesInScope({ host: sourceHost, surroundings, options: wide });
  const closed = new Map(surroundings.closed.map((table) => [keyOf(table), table]));
  return (relation) => {
    const table = closed.get(keyOf(relation));
    return table ? inScope(table) : inWideScope({ ...relation, ancestors: relation.ancestors ?? [] });
  };
}

/** The same for what may have no schema: that comes where nothing was chosen, so that everything does. */
export function placedInScope(context: Pick<Facts, "surroundings"> & Circumstance) {
  const { schemas, tables } = context.options;
  const isInScope = scopeOf(context);
  return ({ schema, name }: { schema: string | null; name: string }) =>
    schema === null ? schemas.length + tables.length === 0 : isInScope({ schema, name });
}
