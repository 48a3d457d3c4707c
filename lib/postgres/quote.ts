import { escapeIdentifier, escapeLiteral } from "pg";

/** The one way an identifier gets into a statement. */
export function quoteIdentifier(name: string): string {
  return escapeIdentifier(name);
}

/** `"schema"."name"` */
export function quoteQualified(schema: string, name: string): string {
  return `${escapeIdentifier(schema)}.${escapeIdentifier(name)}`;
}

/** For the few statements that take no parameters, such as SET and COPY. */
export function quoteLiteral(value: string): string {
  return escapeLiteral(value);
}
