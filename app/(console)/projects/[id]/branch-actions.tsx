"use client";

import { useState, useTransition } from "react";
import { Button } from "@/app/_ui/button";
import { CopyButton } from "@/app/_ui/copy-button";
import type { NeonBranchView } from "@/lib/imports/neon/branches";
import { connectionStrings, setDefault } from "../actions";
import { DeleteDialog } from "./delete-dialog";
import { RenameDialog } from "./rename-dialog";

/** What can be done with one branch. Buttons of a mark's width would need to be guessed: these have words. */
export function BranchActions({ projectId, branch }: { projectId: string; branch: NeonBranchView }) {
  const [dialog, setDialog] = useState<"rename" | "delete" | null>(null);
  const [sentence, setSentence] = useState("");
  const [isBusy, startTransition] = useTransition();
  const { id, name, isDefault, keptBecause } = branch;
  const close = () => setDialog(null);

  async function fetchUrl(): Promise<string> {
    const outcome = await connectionStrings(projectId, id);
    setSentence(outcome.ok ? "" : `${outcome.error.what} ${outcome.error.remedy}`);
    if (!outcome.ok) throw new Error(outcome.error.what);
    return outcome.value.direct;
  }

  const makeDefault = () =>
    startTransition(async () => {
      const outcome = await setDefault(projectId, id);
      setSentence(outcome.ok ? "" : `${outcome.error.what} ${outcome.error.remedy}`);
    });

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form.
    <div role="group" aria-label={`What to do with ${name}`} className="flex flex-wrap gap-2">
      <CopyButton text={fetchUrl} label="Copy connection string" title="For tools and migrations: not pooled" />
      {!isDefault && (
        <Button isBusy={isBusy} onClick={makeDefault}>
          Set as default
        </Button>
      )}
      <Button onClick={() => setDialog("rename")}>Rename</Button>
      <Button
        look="danger"
        disabled={keptBecause !== null}
        title={keptBecause === null ? undefined : `It cannot be deleted: ${keptBecause}.`}
        onClick={() => setDialog("delete")}
      >
        Delete
      </Button>
      {sentence !== "" && (
        <p role="alert" className="basis-full text-sm text-bad-text">
          {sentence}
        </p>
      )}
      {dialog === "rename" && <RenameDialog projectId={projectId} branch={branch} onClose={close} />}
      {dialog === "delete" && <DeleteDialog projectId={projectId} branch={branch} onClose={close} />}
    </div>
  );
}
