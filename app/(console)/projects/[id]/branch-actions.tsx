"use client";

import { useState, useTransition } from "react";
import { CopyButton } from "@/app/_ui/copy-button";
import { MenuChoice, MoreMenu } from "@/app/_ui/more-menu";
import type { NeonBranchView } from "@/lib/imports/neon/branches";
import { connectionStrings, setDefault } from "../actions";
import { DeleteDialog } from "./delete-dialog";
import { RenameDialog } from "./rename-dialog";

/** What can be done with one branch: what is done most is a button, and the rest a menu. */
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
    <div role="group" aria-label={`What to do with ${name}`} className="flex flex-wrap gap-2 max-sm:pl-5.5">
      <CopyButton text={fetchUrl} label="Copy connection string" title="For tools and migrations: not pooled" />
      <MoreMenu label={`More for ${name}`} isBusy={isBusy}>
        {!isDefault && <MenuChoice word="Set as default" onChoose={makeDefault} />}
        <MenuChoice word="Rename" onChoose={() => setDialog("rename")} />
        <MenuChoice
          word="Delete"
          isDanger
          refusal={keptBecause === null ? null : `It cannot be deleted: ${keptBecause}.`}
          onChoose={() => setDialog("delete")}
        />
      </MoreMenu>
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
