"use client";

import Link from "next/link";
import { Ago } from "@/app/_ui/ago";
import { classes } from "@/app/_ui/classes";
import { formatCount, formatDuration } from "@/app/_ui/format";
import { Panel } from "@/app/_ui/panel";
import { VirtualRows } from "@/app/_ui/virtual-rows";
import type { StepView } from "../run-view";
import { StepStateWord } from "../run-words";

const ROW_HEIGHT = 36;
/** Half a row is cut, so that one sees that there is more. */
const MAX_HEIGHT = 14.5 * ROW_HEIGHT;

const GRID = classes(
  "grid items-center gap-x-6 px-4",
  "grid-cols-[minmax(0,1fr)_6rem] sm:grid-cols-[minmax(0,1fr)_7rem_6rem_4.5rem_6rem_5rem]",
);

interface StepsPanelProps {
  steps: StepView[];
  /** The address of the run's page. */
  address: string;
  chosenId: string | null;
  now: string;
}

export function StepsPanel({ steps, address, chosenId, now }: StepsPanelProps) {
  return (
    <Panel title="Steps" note={formatCount(steps.length)}>
      <table aria-label="Steps" aria-rowcount={steps.length + 1} className="block text-left text-sm">
        <thead className="block border-b">
          <tr className={classes(GRID, "h-9 text-xs text-quiet *:font-normal")}>
            <th scope="col">Step</th>
            <th scope="col" className="max-sm:hidden">
              Kind
            </th>
            <th scope="col">State</th>
            <th scope="col" className="text-right max-sm:hidden">
              Attempts
            </th>
            <th scope="col" className="max-sm:hidden">
              Started
            </th>
            <th scope="col" className="text-right max-sm:hidden">
              Took
            </th>
          </tr>
        </thead>
        <VirtualRows count={steps.length} rowHeight={ROW_HEIGHT} maxHeight={MAX_HEIGHT}>
          {(place) => {
            const step = steps[place];
            return (
              step && (
                <tr
                  key={`${step.id} ${place}`}
                  aria-rowindex={place + 2}
                  className={classes(
                    GRID,
                    "relative border-b border-line/60 hover:bg-raised/60",
                    step.id === chosenId && "bg-raised",
                  )}
                  style={{ height: ROW_HEIGHT }}
                >
                  <td className="min-w-0">
                    <Link
                      href={`${address}?step=${encodeURIComponent(step.id)}`}
                      scroll={false}
                      aria-current={step.id === chosenId || undefined}
                      title={`Step ${step.id}`}
                      className="block truncate font-mono text-xs after:absolute after:inset-0"
                    >
                      {step.name}
                    </Link>
                  </td>
                  <td className="text-quiet max-sm:hidden">{step.kind}</td>
                  <td>
                    <StepStateWord state={step.state} />
                  </td>
                  <td className="text-right max-sm:hidden">{formatCount(step.attempts)}</td>
                  <td className="text-quiet max-sm:hidden">
                    {step.startedAt ? <Ago at={step.startedAt} now={now} /> : <Nothing />}
                  </td>
                  <td className="text-right max-sm:hidden">
                    {step.tookMs === null ? <Nothing /> : formatDuration(step.tookMs)}
                  </td>
                </tr>
              )
            );
          }}
        </VirtualRows>
      </table>
      {steps.length === 0 && <p className="px-4 py-8 text-center text-sm text-quiet">No step has begun.</p>}
    </Panel>
  );
}

function Nothing() {
  return (
    <span className="text-quiet">
      <span aria-hidden>–</span>
      <span className="sr-only">not known</span>
    </span>
  );
}
