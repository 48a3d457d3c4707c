import { Bar, Skeleton, widthAt } from "@/app/_ui/skeleton";
import { RunsHead } from "./runs-table";

const ROWS = 8;

/** The table of runs while it is read. */
export function RunsSkeleton() {
  return (
    <Skeleton word="Reading the runs…" className="overflow-hidden rounded-md border bg-panel">
      <table aria-hidden className="w-full table-fixed text-left text-sm">
        <RunsHead />
        <tbody>
          {Array.from({ length: ROWS }, (_, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: bars are nothing but their places.
            <tr key={place} className="h-11 border-b border-line/60 last:border-0 *:px-4">
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
            </tr>
          ))}
        </tbody>
      </table>
    </Skeleton>
  );
}
