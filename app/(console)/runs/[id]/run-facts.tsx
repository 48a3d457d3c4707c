import Link from "next/link";
import type { ReactNode } from "react";
import { Ago } from "@/app/_ui/ago";
import { formatCount, formatDuration } from "@/app/_ui/format";
import type { RunView } from "../run-view";

interface RunFactsProps {
  run: RunView;
  parent: RunView | null;
  importId: string | null;
  now: string;
}

export function RunFacts({ run, parent, importId, now }: RunFactsProps) {
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-3 rounded-md border bg-panel p-4 text-sm sm:grid-cols-4 xl:grid-cols-[1.5fr_repeat(6,minmax(0,1fr))]">
      <Fact word="Event">
        <span title={run.eventName}>{run.eventName}</span>
      </Fact>
      <Fact word="Steps">{formatCount(run.stepCount)}</Fact>
      <Fact word="Active calls">{formatCount(run.activeCalls)}</Fact>
      <Fact word="Started">
        <Ago at={run.startedAt} now={now} />
      </Fact>
      <Fact word="Took">{formatDuration(run.tookMs)}</Fact>
      <Fact word="Started by">
        {parent ? <TextLink href={`/runs/${parent.id}`}>{parent.functionId}</TextLink> : "its event"}
      </Fact>
      <Fact word="Import">{importId ? <TextLink href={`/imports/${importId}`}>Open</TextLink> : "none"}</Fact>
    </dl>
  );
}

function Fact({ word, children }: { word: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-quiet">{word}</dt>
      <dd className="mt-0.5 truncate">{children}</dd>
    </div>
  );
}

function TextLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} className="underline decoration-line-strong underline-offset-4 hover:decoration-current">
      {children}
    </Link>
  );
}
