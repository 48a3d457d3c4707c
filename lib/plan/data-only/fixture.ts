import type { Receiver } from "@/lib/source/receiver";
import type { Shape, ShapeColumn, ShapeTable } from "@/lib/source/shape";

/** Shapes for tests. Nothing outside tests imports this. */
export const aColumn = (name: string, more: Partial<ShapeColumn> = {}): ShapeColumn => ({
  ...{ name, type: "integer", generated: false, needed: false },
  ...more,
});

let lastOid = 20_000;

export const aTable = (name: string, more: Partial<ShapeTable> = {}): ShapeTable => ({
  oid: lastOid++,
  schema: "public",
  name,
  kind: "r",
  columns: [aColumn("id", { needed: true }), aColumn("note", { type: "text" })],
  ancestors: [],
  owned: true,
  rowsHidden: false,
  ...more,
});

export const aShape = (tables: ShapeTable[], more: Partial<Shape> = {}): Shape => ({ tables, sequences: [], ...more });

export const aReceiver = (tables: ShapeTable[], more: Partial<Receiver> = {}): Receiver => ({
  ...{ tables, sequences: [], keys: [], triggers: [], views: [], filled: [] },
  ...more,
});

export const aKey = (
  table: string,
  references: string,
  more: Partial<Receiver["keys"][number]> = {},
): Receiver["keys"][number] => ({
  schema: "public",
  table,
  name: `${table}_fkey`,
  definition: `FOREIGN KEY (id) REFERENCES public.${references}(id)`,
  references: { schema: "public", name: references },
  ...{ comment: null, partitioned: false, owned: true, enabled: true },
  ...more,
});

export const aTrigger = (
  table: string,
  name: string,
  more: Partial<Receiver["triggers"][number]> = {},
): Receiver["triggers"][number] => ({ schema: "public", table, name, enabled: "O", fixed: false, ...more });
