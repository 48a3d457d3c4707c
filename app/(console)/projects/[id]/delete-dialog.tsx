"use client";

import { useState } from "react";
import type { NeonBranchView } from "@/lib/imports/neon/branches";
import { remove } from "../actions";
import { NameDialog } from "./name-dialog";

interface DeleteDialogProps {
  projectId: string;
  branch: NeonBranchView;
  onClose: () => void;
}

/** Asked for by its name, since nobody can bring it back. */
export function DeleteDialog({ projectId, branch, onClose }: DeleteDialogProps) {
  const [typed, setTyped] = useState("");
  return (
    <NameDialog
      title={`Delete ${branch.name}`}
      description="All that is in this branch is deleted, and its connections end. Other branches are not touched."
      label={`Type ${branch.name} to confirm`}
      name={typed}
      onName={setTyped}
      isReady={typed === branch.name}
      confirm="Delete branch"
      look="danger"
      act={() => remove(projectId, branch.id, typed)}
      onClose={onClose}
    />
  );
}
