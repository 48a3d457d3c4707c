import type { TreeLine } from "./tree-lines";

export type TreeColumn = "name" | "data";

export interface TreePlace {
  line: number;
  column: TreeColumn;
}

export type TreeMove = { to: TreePlace } | { schema: string; isOpen: boolean };

/** Rows that a page up or down passes over. */
const PAGE = 10;

/** What a key means in the tree; null for one that means nothing there. Pure. */
export function moveFor(key: string, { line, column }: TreePlace, lines: readonly TreeLine[]): TreeMove | null {
  const last = lines.length - 1;
  const to = (place: number): TreeMove => ({ to: { line: Math.min(last, Math.max(0, place)), column } });
  switch (key) {
    case "ArrowDown":
      return to(line + 1);
    case "ArrowUp":
      return to(line - 1);
    case "PageDown":
      return to(line + PAGE);
    case "PageUp":
      return to(line - PAGE);
    case "Home":
      return to(0);
    case "End":
      return to(last);
    case "ArrowRight":
      return right({ line, column }, lines[line]);
    case "ArrowLeft":
      return left({ line, column }, lines);
    default:
      return null;
  }
}

/** Into what is closed first, then to the next box. */
function right({ line, column }: TreePlace, at: TreeLine | undefined): TreeMove | null {
  if (column === "data") return null;
  if (at?.kind === "schema" && !at.isOpen) return { schema: at.schema.name, isOpen: true };
  return { to: { line, column: "data" } };
}

/** Back to the first box, then closed, then up to what it belongs to. */
function left({ line, column }: TreePlace, lines: readonly TreeLine[]): TreeMove | null {
  if (column === "data") return { to: { line, column: "name" } };
  const at = lines[line];
  if (!at || at.kind === "all") return null;
  if (at.kind === "schema" && at.isOpen && at.schema.tables.length > 0)
    return { schema: at.schema.name, isOpen: false };
  const above = lines.slice(0, line).findLastIndex(({ level }) => level < at.level);
  return above === -1 ? null : { to: { line: above, column: "name" } };
}
