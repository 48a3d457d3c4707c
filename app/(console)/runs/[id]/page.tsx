import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { abilities } from "@/app/_server/abilities";
import { allowPage } from "@/app/_server/access";
import { CodeBlock } from "@/app/_ui/code-block";
import { formatCount, formatDuration } from "@/app/_ui/format";
import { PageHead } from "@/app/_ui/page-head";
import { Panel } from "@/app/_ui/panel";
import { type FoundRun, findRun, type StepSummary } from "@/lib/embedded/runs";
import { RefreshWhile } from "../../_imports/refresh-while";
import { type Asked, isRunId } from "../run-choice";
import { chosenStep, importOf, runView, shownJson, stepOutcome, stepView } from "../run-view";
import { RunStatusWord } from "../run-words";
import { RunsTable } from "../runs-table";
import { RunFacts } from "./run-facts";
import { StepsPanel } from "./steps-panel";

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Asked>;
}

const read = cache(async (id: string): Promise<FoundRun> => {
  await allowPage("runs.read", "/runs");
  const found = abilities().hasRuns && isRunId(id) ? await findRun(id) : null;
  return found ?? notFound();
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { run } = await read((await params).id);
  return { title: `Run of ${runView(run, run.createdAt).functionId}` };
}

export default async function RunPage({ params, searchParams }: Props) {
  const found = await read((await params).id);
  const { step: asked } = await searchParams;
  const now = new Date();
  const run = runView(found.run, now);
  const step = chosenStep(found.run, typeof asked === "string" ? asked : undefined);
  const { events, steps, result } = found.run;
  return (
    <>
      <PageHead
        above={{ href: "/runs", word: "Runs" }}
        title={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            {run.functionId}
            <RunStatusWord status={run.status} />
          </span>
        }
        description={<span className="font-mono text-xs break-all">{run.id}</span>}
      />
      <div className="space-y-4">
        <RunFacts
          run={run}
          parent={found.parent && runView(found.parent, now)}
          importId={importOf(events)}
          now={now.toISOString()}
        />
        {run.status === "failed" && <Json title="Error" text={shownJson(result)} />}
        <StepsPanel
          steps={steps.map(stepView)}
          address={`/runs/${run.id}`}
          chosenId={step && stepView(step).id}
          now={now.toISOString()}
        />
        {step && <StepOutcome step={step} now={now} />}
        {run.status === "completed" && <Json title="Result" text={shownJson(result)} />}
        <Json title="Events" text={shownJson(events)} />
        {found.childCount > 0 && (
          <Panel title="Runs that it started" note={childrenNote(found)}>
            <RunsTable
              caption="Runs that it started, newest first"
              families={found.children.map((child) => ({ run: runView(child, now), children: [], childCount: 0 }))}
              now={now.toISOString()}
            />
          </Panel>
        )}
      </div>
      <RefreshWhile isMoving={run.status === "running"} />
    </>
  );
}

function childrenNote({ children, childCount }: FoundRun): string {
  const count = formatCount(childCount);
  return children.length < childCount ? `the newest ${formatCount(children.length)} of ${count}` : count;
}

function StepOutcome({ step, now }: { step: StepSummary; now: Date }) {
  const { name, state, dueAt } = stepView(step);
  const left = dueAt && formatDuration(Date.parse(dueAt) - now.getTime());
  const note = left && (state === "retrying" ? `tried again in ${left}` : `at most for another ${left}`);
  return <Json title={`Step ${name}`} note={note} text={stepOutcome(step) ?? "Nothing yet."} />;
}

function Json({ title, note, text }: { title: string; note?: string | null; text: string }) {
  return (
    <Panel title={title} note={note}>
      <div className="p-4">
        <CodeBlock wraps text={text} label={`Copy: ${title}`} />
      </div>
    </Panel>
  );
}
