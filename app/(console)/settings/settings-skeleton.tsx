import { Panel } from "@/app/_ui/panel";
import { Bar, BarRows, Skeleton, widthAt } from "@/app/_ui/skeleton";

/** Panels while what is in them is read. */
export function SettingsSkeleton({ rows }: { rows: readonly { title: string; rows: number }[] }) {
  return (
    <Skeleton word="Reading the settings…" className="space-y-4">
      {rows.map(({ title, rows: count }, panel) => (
        <Panel key={title} title={title}>
          <BarRows count={count} className="flex min-h-10 items-center px-4 py-3">
            {(place) => <Bar className={`max-w-xl ${widthAt(place + panel)}`} />}
          </BarRows>
        </Panel>
      ))}
    </Skeleton>
  );
}
