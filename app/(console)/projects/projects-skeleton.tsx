import { Bar, widthAt } from "@/app/_ui/skeleton";
import { SkeletonTable } from "@/app/_ui/skeleton-table";
import { ProjectsHead } from "./projects-list";

const ROWS = 4;

/** The list while Neon is asked. */
export function ProjectsSkeleton() {
  return (
    <SkeletonTable word="Asking Neon for the projects…" head={<ProjectsHead />} rows={ROWS} className="h-14">
      {(place) => (
        <>
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
        </>
      )}
    </SkeletonTable>
  );
}
