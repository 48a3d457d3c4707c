import { PageHead } from "../page-head";
import { Panel } from "../panel";
import { Bar, BarRows, Skeleton, widthAt } from "../skeleton";

const ROWS = 8;

interface ImportSkeletonProps {
  above: { href: string; word: string };
  /** Whether it has a result, which stands before how it came. */
  hasResult: boolean;
}

/** The page of an import while it is read. */
export function ImportSkeleton({ above, hasResult }: ImportSkeletonProps) {
  return (
    <Skeleton word="Reading the import…">
      <PageHead
        above={above}
        title={
          <span className="flex h-7 items-center gap-x-3">
            <span className="sr-only">Import</span>
            <Bar shape="title" className="w-40" />
            <Bar className="w-20" />
          </span>
        }
        description={
          <span className="flex gap-x-4 gap-y-2 max-sm:h-10 max-sm:flex-col max-sm:justify-center sm:h-5 sm:items-center">
            <Bar className="w-56" />
            <Bar className="w-48" />
          </span>
        }
        actions={<Bar shape="box" className="h-8 w-24" />}
        areActionsChanging
      />
      <div aria-hidden className="space-y-4">
        <div className="flex min-h-84 gap-3 rounded-md border bg-panel p-4 sm:min-h-48 lg:min-h-37">
          <Bar shape="dot" className="mt-1 size-4 shrink-0" />
          <div className="min-w-0 flex-1 space-y-3 pt-1">
            <Bar shape="title" className="max-w-72" />
            <Bar className="max-w-lg" />
            <Bar className="max-w-md" />
          </div>
        </div>
        <ProgressBars />
        {hasResult && (
          <Panel title="Verification">
            <BarRows count={ROWS} className="flex h-10 items-center px-4">
              {(place) => <Bar className={`max-w-xl ${widthAt(place)}`} />}
            </BarRows>
          </Panel>
        )}
        <Panel title="Throughput">
          <div className="h-44 p-4">
            <Bar shape="box" className="h-full" />
          </div>
        </Panel>
        <Panel title="Lanes">
          <div className="min-h-[124px] space-y-2 p-4">
            <Bar shape="box" className="h-5" />
            <Bar shape="box" className="h-5 w-4/5" />
            <Bar shape="box" className="h-5 w-11/12" />
          </div>
        </Panel>
        <Panel title="Tables">
          <BarRows count={ROWS} className="flex h-9 items-center gap-6 px-4">
            {(place) => (
              <>
                <span className="min-w-0 flex-1">
                  <Bar className={`max-w-64 ${widthAt(place)}`} />
                </span>
                <Bar className="w-12" />
                <Bar className="w-20 sm:w-36" />
              </>
            )}
          </BarRows>
        </Panel>
      </div>
    </Skeleton>
  );
}

function ProgressBars() {
  return (
    <div className="rounded-md border bg-panel">
      <div className="flex items-center gap-4 px-4 pt-4">
        <Bar shape="dot" className="h-2 flex-1" />
        <Bar className="my-1.5 w-12" />
      </div>
      <div className="grid grid-cols-2 gap-x-6 gap-y-3 px-4 py-4 sm:grid-cols-3 lg:grid-cols-5">
        {[0, 1, 2, 3, 4].map((place) => (
          <div key={place} className="h-9 space-y-2 pt-1">
            <Bar className="w-12" />
            <Bar className="w-24" />
          </div>
        ))}
      </div>
      <div className="grid border-t sm:grid-cols-[1fr_1fr_1fr_1.5fr_1.2fr] max-sm:divide-y sm:divide-x">
        {[0, 1, 2, 3, 4].map((place) => (
          <div key={place} className="flex h-10 items-center px-4">
            <Bar className={widthAt(place)} />
          </div>
        ))}
      </div>
    </div>
  );
}
