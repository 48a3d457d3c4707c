import { Bar, widthAt } from "@/app/_ui/skeleton";
import { SkeletonTable } from "@/app/_ui/skeleton-table";
import { ImportsHead } from "./imports-head";

const ROWS = 6;

/** The list while it is read. */
export function ImportsSkeleton({ hasPeople }: { hasPeople: boolean }) {
  return (
    <SkeletonTable
      word="Reading the imports…"
      head={<ImportsHead hasPeople={hasPeople} />}
      rows={ROWS}
      className="h-14"
    >
      {(place) => (
        <>
          <td>
            <Bar className={widthAt(place)} />
          </td>
          <td className="max-md:hidden">
            <Two place={place} />
          </td>
          <td className="max-lg:hidden">
            <Two place={place + 2} />
          </td>
          <td>
            <Bar className="w-20" />
          </td>
          <td className="max-sm:hidden">
            <Bar />
          </td>
          <td className="max-xl:hidden">
            <Bar className="ml-auto w-12" />
          </td>
          <td className="max-sm:hidden lg:max-xl:hidden">
            <Bar className="w-16" />
          </td>
          <td className="max-xl:hidden">
            <Bar className="ml-auto w-10" />
          </td>
          {hasPeople && (
            <td className="max-lg:hidden">
              <Bar className="w-16" />
            </td>
          )}
        </>
      )}
    </SkeletonTable>
  );
}

/** A mark with two lines beside it: a server. */
function Two({ place }: { place: number }) {
  return (
    <span className="flex items-center gap-3">
      <Bar shape="box" className="size-5 shrink-0" />
      <span className="min-w-0 flex-1 space-y-2">
        <Bar className={widthAt(place)} />
        <Bar className={widthAt(place + 1)} />
      </span>
    </span>
  );
}
