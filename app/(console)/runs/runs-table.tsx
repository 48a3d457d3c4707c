import { CornerDownRight } from "lucide-react";
import Link from "next/link";
import { Fragment, type ReactNode } from "react";
import { Ago } from "@/app/_ui/ago";
import { classes } from "@/app/_ui/classes";
import { formatCount, formatDuration, formatNoun } from "@/app/_ui/format";
import type { FamilyView, RunView } from "./run-view";
import { RunStatusWord } from "./run-words";

interface RunsTableProps {
  caption: string;
  families: FamilyView[];
  now: string;
}

/** Runs, each with those that it started under it. */
export function RunsTable({ caption, families, now }: RunsTableProps) {
  return (
    <table className="w-full table-fixed text-left text-sm">
      <caption className="sr-only">{caption}</caption>
      <RunsHead />
      <tbody>
        {families.map(({ run, children, childCount }) => (
          <Fragment key={run.id}>
            <Row run={run} now={now} />
            {children.map((child) => (
              <Row key={child.id} run={child} now={now} isChild />
            ))}
            {childCount > children.length && (
              <tr className="h-9 border-b border-line/60">
                {/* Two columns are there on every screen; more would take room from them. */}
                <td colSpan={2} className="px-4 pl-10 text-quiet">
                  <Link href={`/runs/${run.id}`} className="hover:text-text">
                    and {formatNoun(childCount - children.length, "more run")} that this one started
                  </Link>
                </td>
              </tr>
            )}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

/** Also of the table while it is read. */
export function RunsHead() {
  return (
    <thead className="border-b text-xs text-quiet">
      <tr className="h-9">
        <Head>Function</Head>
        <Head className="w-32">Status</Head>
        <Head className="max-md:hidden lg:max-xl:hidden">Event</Head>
        <Head className="w-16 text-right max-sm:hidden">Steps</Head>
        <Head className="w-26 text-right max-xl:hidden">Active calls</Head>
        <Head className="w-27 max-sm:hidden">Started</Head>
        <Head className="w-28 text-right max-sm:hidden">Took</Head>
      </tr>
    </thead>
  );
}

function Head({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <th scope="col" className={classes("px-4 font-normal", className)}>
      {children}
    </th>
  );
}

function Row({ run, now, isChild = false }: { run: RunView; now: string; isChild?: boolean }) {
  return (
    <tr className="relative h-11 border-b border-line/60 last:border-0 hover:bg-raised/60 *:px-4">
      <td>
        <span className={classes("flex items-center gap-2", isChild && "sm:pl-2")}>
          {isChild && <CornerDownRight aria-hidden className="size-3.5 shrink-0 text-quiet" />}
          <span className="min-w-0">
            <Link
              href={`/runs/${run.id}`}
              className={classes("block truncate after:absolute after:inset-0", !isChild && "font-medium")}
            >
              {run.functionId}
            </Link>
            <span className="block truncate text-xs text-quiet sm:hidden">
              {formatNoun(run.stepCount, "step")}, {formatDuration(run.tookMs)}
            </span>
          </span>
        </span>
      </td>
      <td>
        <RunStatusWord status={run.status} />
      </td>
      <td className="truncate text-quiet max-md:hidden lg:max-xl:hidden">{run.eventName}</td>
      <td className="text-right max-sm:hidden">{formatCount(run.stepCount)}</td>
      <td className="text-right max-xl:hidden">{formatCount(run.activeCalls)}</td>
      <td className="text-quiet max-sm:hidden">
        <Ago at={run.startedAt} now={now} />
      </td>
      <td className="text-right max-sm:hidden">{formatDuration(run.tookMs)}</td>
    </tr>
  );
}
