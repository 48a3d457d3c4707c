import { type Check, finding } from "../check";
import { sizeWords } from "../size-words";

export const size: Check = ({ source }) => {
  const tables = source.tables.length;
  const bytes = source.tables.reduce((sum, table) => sum + table.bytes, 0);
  const text = `${tables} table${tables === 1 ? "" : "s"} with ${sizeWords(bytes)} of data; the database takes ${sizeWords(source.server.databaseBytes)} with its indexes.`;
  return [finding("size.database", "info", text)];
};

export const unlogged: Check = ({ source }) => {
  const list = source.tables.filter((table) => table.unlogged);
  if (list.length === 0) return [];
  const names = list.map((table) => `${table.schema}.${table.name}`).join(", ");
  return [
    finding(
      "size.unlogged",
      "info",
      `Unlogged tables stay unlogged, and are emptied if the target's server crashes: ${names}.`,
    ),
  ];
};
