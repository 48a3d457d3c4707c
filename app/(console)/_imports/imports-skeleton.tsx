import { Bar, Skeleton, widthAt } from "@/app/_ui/skeleton";
import { ImportsHead } from "./imports-head";

const ROWS = 6;

/** The list while it is read. */
export function ImportsSkeleton({ hasPeople }: { hasPeople: boolean }) {
  return (
    <Skeleton word="Reading the imports…" className="overflow-hidden rounded-md border bg-panel">
      <table aria-hidden className="w-full table-fixed text-left text-sm">
        <ImportsHead hasPeople={hasPeople} />
        <tbody>
          {Array.from({ length: ROWS }, (_, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: bars are nothing but their places.
            <tr key={place} className="h-14 border-b border-line/60 last:border-0 *:px-4">
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
            </tr>
          ))}
        </tbody>
      </table>
    </Skeleton>
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
