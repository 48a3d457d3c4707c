import { classes } from "@/app/_ui/classes";

/** The columns of head and rows, also while these are read. On a phone there is room for name, size and data. */
export const TREE_GRID = classes(
  "grid items-center gap-x-3 px-4",
  "grid-cols-[minmax(0,1fr)_4.5rem_2.5rem] sm:grid-cols-[minmax(0,1fr)_7rem_5rem_3rem]",
);

export const TREE_ROW_HEIGHT = 36;
/** Half a row is cut, so that one sees that there is more. */
export const TREE_ROWS_IN_SIGHT = 12.5;

export function TreeHead() {
  return (
    <thead className="block border-b">
      <tr className={classes(TREE_GRID, "h-9 text-xs text-quiet *:font-normal")}>
        <th scope="col">Name</th>
        <th scope="col" className="text-right max-sm:hidden">
          Rows, about
        </th>
        <th scope="col" className="text-right">
          Size
        </th>
        <th scope="col" className="text-center">
          Data
        </th>
      </tr>
    </thead>
  );
}
