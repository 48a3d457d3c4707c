/** How a CSV file is written. */
export interface CsvShape {
  delimiter: Delimiter;
  /** Whether the first line names the columns. */
  hasHeader: boolean;
}

export const DELIMITERS = [",", ";", "\t", "|"] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** Judged by so many lines at most. */
const MOST_RECORDS = 200;

/**
 * The fields of the first lines. A field in double quotes may hold anything, and a quote twice. A last line that may go
 * on is left out. Pure.
 */
export function readRecords(text: string, delimiter: string, isWhole: boolean, most = MOST_RECORDS): string[][] {
  const records: string[][] = [];
  let fields: string[] = [];
  let field = "";
  let isQuoted = false;
  for (let at = 0; at < text.length && records.length < most; at++) {
    const letter = text[at] as string;
    if (isQuoted) {
      if (letter !== '"') field += letter;
      else if (text[at + 1] === '"') {
        field += '"';
        at += 1;
      } else isQuoted = false;
    } else if (letter === '"') isQuoted = true;
    else if (letter === delimiter) {
      fields.push(field);
      field = "";
    } else if (letter === "\n" || letter === "\r") {
      if (letter === "\r" && text[at + 1] === "\n") at += 1;
      records.push([...fields, field]);
      fields = [];
      field = "";
    } else field += letter;
  }
  if (isWhole && !isQuoted && (field !== "" || fields.length > 0)) records.push([...fields, field]);
  return records.slice(0, most);
}

/** How the file is written, by its beginning. Pure. */
export function recogniseCsv(head: string, isWhole: boolean): CsvShape {
  const delimiter = recogniseDelimiter(head, isWhole);
  return { delimiter, hasHeader: looksLikeHeader(readRecords(head, delimiter, isWhole)) };
}

/** The one by which all lines have the same number of fields, and the most of them. */
function recogniseDelimiter(head: string, isWhole: boolean): Delimiter {
  const judged = DELIMITERS.map((delimiter) => {
    const counts = readRecords(head, delimiter, isWhole).map((fields) => fields.length);
    const columns = counts[0] ?? 1;
    const alike = counts.filter((count) => count === columns).length / Math.max(1, counts.length);
    return { delimiter, columns, score: columns < 2 ? 0 : alike === 1 ? 2 : alike };
  });
  const best = judged.reduce((a, b) => (b.score > a.score || (b.score === a.score && b.columns > a.columns) ? b : a));
  return best.delimiter;
}

const VALUE =
  /^[-+]?[\d.,\s]+%?$|^\d{4}-\d\d-\d\d|^\d{1,2}[./]\d{1,2}[./]\d{2,4}|^(true|false|null|t|f|yes|no)$|^[0-9a-f]{8}-[0-9a-f]{4}-|^[[{]|@|^https?:/i;

/** Names of columns are there, differ, and do not look like values; nor do they stand among the values below. */
function looksLikeHeader([first = [], ...rest]: string[][]): boolean {
  const names = first.map((name) => name.trim());
  if (names.some((name) => name === "" || name.length > 63 || VALUE.test(name))) return false;
  if (new Set(names.map((name) => name.toLowerCase())).size < names.length) return false;
  return names.every((name, column) => rest.every((fields) => fields[column]?.trim() !== name));
}
