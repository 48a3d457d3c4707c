import { Bar, widthAt } from "@/app/_ui/skeleton";
import { SkeletonTable } from "@/app/_ui/skeleton-table";
import { RunsHead } from "./runs-table";

const ROWS = 8;

/** The table of runs while it is read. */
export function RunsSkeleton() {
  return (
    <SkeletonTable word="Reading the runs…" head={<RunsHead />} rows={ROWS} className="h-11">
      {(place) => (
        <>
          <td>
            <Bar className={`max-w-48 ${widthAt(place)}`} />
          </td>
          <td>
            <Bar className="w-20" />
          </td>
          <td className="max-md:hidden lg:max-xl:hidden">
            <Bar className={widthAt(place + 1)} />
          </td>
          <td className="max-sm:hidden">
            <Bar className="ml-auto w-6" />
          </td>
          <td className="max-xl:hidden">
            <Bar className="ml-auto w-6" />
          </td>
          <td className="max-sm:hidden">
            <Bar className="w-16" />
          </td>
          <td className="max-sm:hidden">
            <Bar className="ml-auto w-12" />
          </td>
        </>
      )}
    </SkeletonTable>
  );
}
