"use client";

import { ButtonLink } from "@/app/_ui/button";
import { Panel } from "@/app/_ui/panel";
import type { EndpointView } from "@/lib/imports/view";
import { BranchSteps } from "./branch-steps";
import { ConnectionSteps } from "./connection-steps";
import { Step } from "./step";
import { type StepName, useDoneSteps } from "./use-done-steps";

interface HandoverPanelProps {
  id: string;
  target: EndpointView;
  /** What is not the same as its source is there to be looked at, not to be used. */
  isProven: boolean;
}

/** The new database, handed over: what to do with it, as a list to be ticked off. */
export function HandoverPanel({ id, target, isProven }: HandoverPanelProps) {
  const { done, mark } = useDoneSteps(id);
  const step = (name: StepName) => ({ isDone: done.has(name), onDone: (isDone: boolean) => mark(name, isDone) });
  const { projectId, branchId } = target.neon ?? {};
  return (
    <Panel title="Next steps">
      <ol className="divide-y divide-line/60 text-sm">
        <ConnectionSteps id={id} target={target} copy={step("copy")} query={step("query")} />
        {!isProven && (
          <>
            <Step
              title="Compare"
              text="Look at each object that is named above, here and in the source."
              {...step("compare")}
            />
            <Step
              title="Import again"
              text="Put the cause right in the source and start a new import into an empty target."
              {...step("again")}
            >
              <ButtonLink href="/new">New import</ButtonLink>
            </Step>
          </>
        )}
        {isProven && projectId && branchId && (
          <BranchSteps
            projectId={projectId}
            branchId={branchId}
            importedAs={target.neon?.branch ?? ""}
            rename={step("rename")}
          />
        )}
        {projectId && (
          <Step
            title="Delete old branches"
            text="Those of earlier imports and tests, once nothing uses them any more."
            {...step("delete")}
          >
            <ButtonLink href={`/projects/${projectId}`}>Open the project</ButtonLink>
          </Step>
        )}
        {isProven && (
          <Step
            title="Point your application at it"
            text="Rows written to the source since the import began are not here. Stop writing there before you switch."
            {...step("switch")}
          />
        )}
      </ol>
    </Panel>
  );
}
