import { quoteIdentifier, quoteLiteral, quoteQualified } from "@/lib/postgres/quote";
import type { ReceiverKey, ReceiverTrigger, Standing } from "@/lib/source/receiver";
import type { TableName } from "../table-name";

/**
 * What an import of data only takes out of the way on the target while rows are loaded, and puts back: foreign keys at
 * either end of a table that is filled, and its triggers. Stored with the plan, and on the target in the transaction
 * that puts it aside. Plain values.
 */
export interface Aside {
  /** They were found empty: whatever is in them from then on is the import's. */
  tables: TableName[];
  keys: AsideKey[];
  triggers: AsideTrigger[];
}

export type AsideKey = Pick<
  ReceiverKey,
  "schema" | "table" | "name" | "definition" | "references" | "comment" | "partitioned"
>;
export type AsideTrigger = Pick<ReceiverTrigger, "schema" | "table" | "name" | "enabled">;

interface OfTable {
  schema: string;
  table: string;
  name: string;
}

const tableOf = ({ schema, table }: OfTable) => quoteQualified(schema, table);
export const titleOf = ({ schema, table, name }: OfTable): string => `${schema}.${table} ${name}`;

/** As it comes back, one that was valid is first only there for new rows: so it is there whatever the rows are. */
const isValid = ({ definition }: AsideKey) => !/\bNOT (?:VALID|ENFORCED)$/.test(definition);

/** Whether its rows are looked at by a statement of its own. */
export const isValidatedApart = (key: AsideKey): boolean => isValid(key) && !key.partitioned;

export const dropKey = (key: OfTable): string =>
  `alter table ${tableOf(key)} drop constraint if exists ${quoteIdentifier(key.name)}`;

export const addKey = (key: AsideKey): string => {
  const isLater = isValidatedApart(key) ? " NOT VALID" : "";
  return `alter table ${tableOf(key)} add constraint ${quoteIdentifier(key.name)} ${key.definition}${isLater}`;
};

export const validateKey = (key: OfTable): string =>
  `alter table ${tableOf(key)} validate constraint ${quoteIdentifier(key.name)}`;

export const commentKey = (key: AsideKey): string | null =>
  key.comment === null
    ? null
    : `comment on constraint ${quoteIdentifier(key.name)} on ${tableOf(key)} is ${quoteLiteral(key.comment)}`;

/** All that brings a key back, in order. */
export const keyStatements = (key: AsideKey): string[] =>
  [addKey(key), commentKey(key), isValidatedApart(key) ? validateKey(key) : null].filter((one) => one !== null);

export const disableTrigger = (trigger: OfTable): string =>
  `alter table ${tableOf(trigger)} disable trigger ${quoteIdentifier(trigger.name)}`;

const ENABLING: Record<string, string> = { O: "enable", R: "enable replica", A: "enable always", D: "disable" };

export const restoreTrigger = (trigger: AsideTrigger): string =>
  `alter table ${tableOf(trigger)} ${ENABLING[trigger.enabled] ?? "enable"} trigger ${quoteIdentifier(trigger.name)}`;

/** Triggers that would fire for a session like Ferry's. */
export const isFiring = ({ enabled }: Pick<ReceiverTrigger, "enabled">): boolean => enabled === "O" || enabled === "A";

/** What puts all of it back, for a person to run. */
export const asideScript = ({ keys, triggers }: Aside): string[] =>
  [...keys.flatMap(keyStatements), ...triggers.map(restoreTrigger)].map((statement) => `${statement};`);

export const isNothing = ({ keys, triggers }: Aside): boolean => keys.length + triggers.length === 0;

/** `2 foreign keys and 1 trigger`. */
export function asideWords({ keys, triggers }: Aside): string {
  const counted = (count: number, noun: string) => (count === 0 ? [] : [`${count} ${noun}${count === 1 ? "" : "s"}`]);
  return [...counted(keys.length, "foreign key"), ...counted(triggers.length, "trigger")].join(" and ");
}

export interface AsideDifference {
  subject: string;
  expected: string;
  found: string;
}

/** What is not back as it was. Pure. */
export function asideDifferences({ keys, triggers }: Aside, now: Standing): AsideDifference[] {
  const keysNow = new Map(now.keys.map((key) => [titleOf(key), key]));
  const triggersNow = new Map(now.triggers.map((trigger) => [titleOf(trigger), trigger]));
  const ofKeys = keys.flatMap((key): AsideDifference[] => {
    const found = keysNow.get(titleOf(key));
    const subject = `foreign key ${titleOf(key)}`;
    if (!found) return [{ subject, expected: key.definition, found: "missing" }];
    if (found.definition === key.definition) return [];
    if (found.definition === `${key.definition} NOT VALID`) {
      return [{ subject: `valid ${subject}`, expected: "valid", found: "not valid" }];
    }
    return [{ subject, expected: key.definition, found: found.definition }];
  });
  const ofTriggers = triggers.flatMap((trigger): AsideDifference[] => {
    const found = triggersNow.get(titleOf(trigger))?.enabled ?? "missing";
    if (found === trigger.enabled) return [];
    return [{ subject: `trigger ${titleOf(trigger)}`, expected: `state ${trigger.enabled}`, found: `state ${found}` }];
  });
  return [...ofKeys, ...ofTriggers];
}
