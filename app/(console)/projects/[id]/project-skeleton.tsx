import { PageHead } from "@/app/_ui/page-head";
import { Panel } from "@/app/_ui/panel";
import { Bar, BarRows, Skeleton } from "@/app/_ui/skeleton";
import { GettingStarted } from "./getting-started";

const ROWS = 3;

interface ProjectSkeletonProps {
  projectId: string;
  above: { href: string; word: string };
}

/** A project while Neon is asked for it. What needs no answer is there already. */
export function ProjectSkeleton({ projectId, above }: ProjectSkeletonProps) {
  return (
    <Skeleton word="Asking Neon for the project…">
      <PageHead
        above={above}
        title={
          <span className="flex h-7 items-center">
            <span className="sr-only">Project</span>
            <Bar shape="title" className="w-40" />
          </span>
        }
        description={
          <span className="flex h-5 items-center">
            <Bar className="w-80 max-w-full" />
          </span>
        }
      />
      <div className="space-y-4">
        <GettingStarted projectId={projectId} />
        <Panel title="Branches">
          <BarRows count={ROWS} className="flex flex-wrap items-center gap-x-6 gap-y-3 px-4 py-3">
            {() => (
              <>
                <span className="h-10 min-w-0 flex-1 basis-72 space-y-3 pt-1.5">
                  <Bar className="w-48" />
                  <Bar className="w-64 max-w-full" />
                </span>
                <Bar shape="box" className="h-8 w-80 max-w-full" />
              </>
            )}
          </BarRows>
        </Panel>
      </div>
    </Skeleton>
  );
}
