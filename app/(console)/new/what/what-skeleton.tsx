import { classes } from "@/app/_ui/classes";
import { Panel } from "@/app/_ui/panel";
import { Bar, BarRows, Skeleton, widthAt } from "@/app/_ui/skeleton";
import { TREE_GRID, TREE_ROW_HEIGHT, TREE_ROWS_IN_SIGHT, TreeHead } from "./tree-head";

/** The third step while the source is asked what there is: the tree, and the first of what can be chosen below it. */
export function WhatSkeleton() {
  return (
    <Skeleton word="Reading schemas and tables from the source…" className="space-y-4">
      <Panel
        title="Schemas and tables"
        note={<span className="motion-safe:animate-pulse">reading them from the source</span>}
        actions={<Bar shape="box" className="h-8 max-sm:w-80 max-sm:max-w-full sm:w-48" />}
      >
        <table aria-hidden className="block text-left text-sm">
          <TreeHead />
        </table>
        <div className="overflow-hidden" style={{ height: TREE_ROWS_IN_SIGHT * TREE_ROW_HEIGHT }}>
          <BarRows count={Math.ceil(TREE_ROWS_IN_SIGHT)} className={classes(TREE_GRID, "h-9")}>
            {(place) => (
              <>
                <span className={classes("flex items-center gap-2", place === 1 && "pl-8", place > 1 && "pl-14")}>
                  <Bar shape="box" className="size-4 shrink-0" />
                  <span className="min-w-0 flex-1">
                    <Bar className={classes("max-w-56", widthAt(place))} />
                  </span>
                </span>
                <Bar className="ml-auto w-14 max-sm:hidden" />
                <Bar className="ml-auto w-12" />
                <Bar shape="box" className="mx-auto size-4" />
              </>
            )}
          </BarRows>
        </div>
      </Panel>
      <Panel title="How">
        <div className="space-y-6 p-4">
          <Choices word="w-20" />
          <Choices word="w-40" />
        </div>
      </Panel>
    </Skeleton>
  );
}

function Choices({ word }: { word: string }) {
  return (
    <div>
      <Bar className={classes("my-1", word)} />
      <div className="mt-3 grid gap-2 sm:grid-cols-2 lg:grid-cols-3">
        <Bar shape="box" className="h-20.5" />
        <Bar shape="box" className="h-20.5" />
      </div>
    </div>
  );
}
