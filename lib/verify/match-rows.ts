/** A row that was listed: its place (the hash of its key, or its own), its hash, and where it lies. */
export interface ListedRow {
  place: string;
  hash: string;
  ctid: string;
}

/** Rows of one place that are not the same on both sides. A row that only one side has is null on the other. */
export interface Mismatch {
  place: string;
  source: ListedRow | null;
  target: ListedRow | null;
  copies: { source: number; target: number };
}

/**
 * Pure: what is not the same, in the order of places. Rows with the same hash on both sides are taken out; of what is
 * left in a place one is set against another, which can only be where a place is a key.
 */
export function matchRows(source: ListedRow[], target: ListedRow[]): Mismatch[] {
  const [here, there] = [byPlace(source), byPlace(target)];
  const places = [...new Set([...here.keys(), ...there.keys()])].sort();
  return places.flatMap((place) => {
    const [ours, theirs] = [here.get(place) ?? [], there.get(place) ?? []];
    const copies = { source: ours.length, target: theirs.length };
    const left = without(ours, theirs);
    const right = without(theirs, ours);
    return Array.from({ length: Math.max(left.length, right.length) }, (_, index) => ({
      place,
      source: left[index] ?? null,
      target: right[index] ?? null,
      copies,
    }));
  });
}

function byPlace(rows: ListedRow[]): Map<string, ListedRow[]> {
  const map = new Map<string, ListedRow[]>();
  for (const row of rows) {
    const list = map.get(row.place);
    if (list) list.push(row);
    else map.set(row.place, [row]);
  }
  return map;
}

/** Those of `rows` that have no equal among `others`; of several equal ones as many as are too many. */
function without(rows: ListedRow[], others: ListedRow[]): ListedRow[] {
  const taken = new Map<string, number>();
  for (const { hash } of others) taken.set(hash, (taken.get(hash) ?? 0) + 1);
  return rows.filter(({ hash }) => {
    const count = taken.get(hash) ?? 0;
    taken.set(hash, count - 1);
    return count <= 0;
  });
}
