import Link from "next/link";
import { Ago } from "@/app/_ui/ago";
import { ButtonLink } from "@/app/_ui/button";
import type { NeonProjectView } from "@/lib/imports/neon/projects";

export function ProjectsList({ projects, now }: { projects: readonly NeonProjectView[]; now: string }) {
  if (projects.length === 0) return <NoProjects />;
  return (
    <div className="overflow-hidden rounded-md border bg-panel">
      <table className="w-full table-fixed text-left text-sm">
        <caption className="sr-only">Projects, newest first</caption>
        <ProjectsHead />
        <tbody>
          {projects.map(({ id, name, regionId, pgVersion, createdAt }) => (
            <tr key={id} className="relative h-14 border-b border-line/60 last:border-0 hover:bg-raised/60 *:px-4">
              <td>
                <Link href={`/projects/${id}`} className="block truncate font-medium after:absolute after:inset-0">
                  {name}
                </Link>
                <span className="block truncate text-xs text-quiet">{id}</span>
              </td>
              <td className="truncate max-sm:hidden">{regionId}</td>
              <td className="max-md:hidden">Postgres {pgVersion}</td>
              <td className="text-quiet">
                <Ago at={createdAt} now={now} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Also of the list while it is read. */
export function ProjectsHead() {
  return (
    <thead className="border-b text-xs text-quiet">
      <tr className="h-9 *:px-4 *:font-normal">
        <th scope="col">Name</th>
        <th scope="col" className="w-44 max-sm:hidden">
          Region
        </th>
        <th scope="col" className="w-30 max-md:hidden">
          Version
        </th>
        <th scope="col" className="w-30">
          Created
        </th>
      </tr>
    </thead>
  );
}

function NoProjects() {
  return (
    <div className="rounded-md border bg-panel px-4 py-12 text-center">
      <p className="font-medium">There is no project yet</p>
      <p className="mt-1 mb-4 text-sm text-quiet">Importing a database makes one: you choose its name and region.</p>
      <ButtonLink href="/new?project=new" look="primary">
        Import database
      </ButtonLink>
    </div>
  );
}
