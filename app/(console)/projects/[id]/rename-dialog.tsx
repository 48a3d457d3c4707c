"use client";

import { useState } from "react";
import type { NeonBranchView } from "@/lib/imports/neon/branches";
import { rename } from "../actions";
import { NameDialog } from "./name-dialog";

interface RenameDialogProps {
  projectId: string;
  branch: NeonBranchView;
  onClose: () => void;
}

export function RenameDialog({ projectId, branch, onClose }: RenameDialogProps) {
  const [name, setName] = useState(branch.name);
  return (
    <NameDialog
      title={`Rename ${branch.name}`}
      description="Its address and its data stay as they are."
      label="New name"
      name={name}
      onName={setName}
      isReady={name.trim() !== "" && name.trim() !== branch.name}
      confirm="Rename"
      act={() => rename(projectId, branch.id, name)}
      onClose={onClose}
    />
  );
}
