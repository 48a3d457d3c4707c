import { Bar, Skeleton, widthAt } from "@/app/_ui/skeleton";
import { ProjectsHead } from "./projects-list";

const ROWS = 4;

/** The list while Neon is asked. */
export function ProjectsSkeleton() {
  return (
    <Skeleton word="Asking Neon for the projects…" className="overflow-hidden rounded-md border bg-panel">
      <table aria-hidden className="w-full table-fixed text-left text-sm">
        <ProjectsHead />
        <tbody>
          {Array.from({ length: ROWS }, (_, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: bars are nothing but their places.
            <tr key={place} className="h-14 border-b border-line/60 last:border-0 *:px-4">
              <td>
                <span className="block max-w-72 space-y-2">
                  <Bar className={widthAt(place)} />
                  <Bar className={widthAt(place + 1)} />
                </span>
              </td>
              <td className="max-sm:hidden">
                <Bar className="w-28" />
              </td>
              <td className="max-md:hidden">
                <Bar className="w-20" />
              </td>
              <td>
                <Bar className="w-16" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Skeleton>
  );
}
