/** Postgres parses what it is sent at once as a whole: a piece larger than this is sent as two. */
const PIECE_CHARACTERS = 1024 * 1024;

/** The list in runs whose text fits one message; an entry larger than that travels alone. */
export function inPieces<Item extends { statement: string }>(items: readonly Item[]): Item[][] {
  const pieces: Item[][] = [];
  let characters = Number.POSITIVE_INFINITY;
  for (const item of items) {
    characters += item.statement.length;
    if (characters > PIECE_CHARACTERS) {
      pieces.push([]);
      characters = item.statement.length;
    }
    pieces.at(-1)?.push(item);
  }
  return pieces;
}
