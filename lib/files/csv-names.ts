/** The longest name that Postgres keeps. */
const MOST_BYTES = 63;

/** The name of a table or database from that of a file: `Orders 2024.csv` becomes `orders_2024`. Pure. */
export function nameFromFile(fileName: string): string {
  const stem = fileName.replace(/\.[A-Za-z0-9]{1,8}$/, "");
  const plain = stem
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "_")
    .replace(/^_+|_+$/g, "");
  // `pg_` is the server's own.
  const name = /^\d|^$|^pg_/.test(plain) ? `file_${plain}`.replace(/_$/, "") : plain;
  return withinBytes(name, MOST_BYTES);
}

/** The file's own name without a path, without what no page or log shows. Pure. */
export function cleanFileName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? "";
  const plain = last.normalize("NFC").replace(/\p{C}/gu, "").trim();
  return withinBytes(plain, 200) || "file";
}

/** The columns' names: as the first line has them, or `column_1` and so on. No two are alike. Pure. */
export function columnNames(header: readonly string[] | null, columns: number): string[] {
  const taken = new Set<string>();
  return Array.from({ length: columns }, (_, index) => {
    const wished = withinBytes((header?.[index] ?? "").normalize("NFC").replace(/\p{C}/gu, " ").trim(), MOST_BYTES);
    const base = wished || `column_${index + 1}`;
    let name = base;
    for (let times = 2; taken.has(name); times++) name = `${withinBytes(base, MOST_BYTES - 6)}_${times}`;
    taken.add(name);
    return name;
  });
}

function withinBytes(text: string, most: number): string {
  let kept = "";
  let bytes = 0;
  for (const letter of text) {
    bytes += Buffer.byteLength(letter);
    if (bytes > most) break;
    kept += letter;
  }
  return kept.trim();
}
