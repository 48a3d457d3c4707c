"use client";

import { Suspense, useCallback, useEffect, useState, useTransition } from "react";
import { Button } from "@/app/_ui/button";
import { loadLater } from "@/app/_ui/load-later";
import type { Explanation } from "@/lib/errors/describe";
import type { NeonBranchView } from "@/lib/imports/neon/branches";
import { branchState, setDefault } from "../../projects/actions";
import { Step, type Ticked } from "./step";

// Loaded when it is asked for.
const RenameDialog = loadLater(async () => ({
  default: (await import("../../projects/[id]/rename-dialog")).RenameDialog,
}));

interface BranchStepsProps {
  projectId: string;
  branchId: string;
  /** Its name as the import has given it. */
  importedAs: string;
  rename: Ticked;
}

/** What there is to decide about the branch that the import has made. How it is now, Neon is asked. */
export function BranchSteps({ projectId, branchId, importedAs, rename }: BranchStepsProps) {
  const [branch, setBranch] = useState<NeonBranchView | null>(null);
  const [isGone, setGone] = useState(false);
  const [error, setError] = useState<Explanation | null>(null);
  const [isRenaming, setRenaming] = useState(false);
  const [isBusy, startTransition] = useTransition();

  const look = useCallback(async () => {
    const outcome = await branchState(projectId, branchId);
    setError(outcome.ok ? null : outcome.error);
    if (!outcome.ok) return;
    setBranch(outcome.value);
    setGone(outcome.value === null);
  }, [projectId, branchId]);
  useEffect(() => void look(), [look]);

  const makeDefault = () =>
    startTransition(async () => {
      const outcome = await setDefault(projectId, branchId);
      if (outcome.ok) await look();
      else setError(outcome.error);
    });

  const name = branch?.name ?? importedAs;
  const isDefault = branch?.isDefault ?? false;
  return (
    <>
      <Step
        title="Set as default branch"
        text={
          isGone
            ? `${name} is no longer there.`
            : isDefault
              ? `${name} is the project's default branch.`
              : `${name} becomes the one that tools go to.`
        }
        isDone={isDefault}
        onDone={null}
      >
        {error && (
          <p role="alert" className="basis-full text-bad-text">
            {error.what} {error.remedy}
          </p>
        )}
        {!isDefault && (
          <Button isBusy={isBusy} disabled={!branch} onClick={makeDefault}>
            Set as default
          </Button>
        )}
      </Step>
      <Step
        title="Rename the branch"
        text={`It is called ${name}. Its address and its data stay as they are.`}
        isDone={rename.isDone || (branch !== null && branch.name !== importedAs)}
        onDone={rename.onDone}
      >
        <Button disabled={!branch} onClick={() => setRenaming(true)}>
          Rename
        </Button>
        <Suspense>
          {isRenaming && branch && (
            <RenameDialog
              projectId={projectId}
              branch={branch}
              onClose={() => {
                setRenaming(false);
                void look();
              }}
            />
          )}
        </Suspense>
      </Step>
    </>
  );
}
