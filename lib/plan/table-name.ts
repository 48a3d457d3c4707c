export interface TableName {
  schema: string;
  name: string;
}

const PART = /"((?:[^"]|"")+)"|([^".]+)/y;

/** Reads `schema.table`, either part in double quotes where it holds dots or quotes; a bare `table` is in public. */
export function parseTableName(text: string): TableName | null {
  const parts: string[] = [];
  let at = 0;
  for (;;) {
    PART.lastIndex = at;
    const match = PART.exec(text);
    if (!match) return null;
    parts.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
    at = PART.lastIndex;
    if (at === text.length) break;
    if (text[at] !== ".") return null;
    at += 1;
  }
  const [first, second, ...rest] = parts;
  if (first === undefined || rest.length > 0) return null;
  return second === undefined ? { schema: "public", name: first } : { schema: first, name: second };
}

const writePart = (part: string) => (/[".]/.test(part) ? `"${part.replaceAll('"', '""')}"` : part);

/** `schema.table` as `parseTableName` reads it: two tables never share a name, whatever dots theirs hold. */
export function formatTableName({ schema, name }: TableName): string {
  return `${writePart(schema)}.${writePart(name)}`;
}
