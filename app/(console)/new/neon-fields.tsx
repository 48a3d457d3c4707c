"use client";

import { useEffect, useId, useState } from "react";
import { branchName } from "../projects/actions";
import { orLost } from "./lost-connection";
import type { NeonChoices, TargetWish } from "./target-wish";

interface NeonFieldsProps {
  choices: NeonChoices;
  wish: TargetWish;
  onChange: (changed: Partial<TargetWish>) => void;
}

const BOX = "mt-1 h-8 w-full rounded-md border border-line-strong bg-page px-2";

/** Which project, or what a new one shall be; and how the import's branch will be called there. */
export function NeonFields({ choices, wish, onChange }: NeonFieldsProps) {
  const id = useId();
  const { kind, projectId, projectName, regionId, pgVersion } = wish;
  if (kind === "neon-branch" && choices.projects.length === 0) {
    return <p className="mt-4 text-sm text-quiet">There is no project yet: choose a new one.</p>;
  }
  return (
    <div className="mt-4 space-y-3">
      <div className="grid gap-3 text-sm sm:grid-cols-3">
        {kind === "neon-new" ? (
          <>
            <div>
              <label htmlFor={`${id}-name`} className="text-quiet">
                Project name
              </label>
              <input
                id={`${id}-name`}
                value={projectName}
                required
                maxLength={256}
                onChange={(event) => onChange({ projectName: event.target.value })}
                className={BOX}
              />
            </div>
            <Options
              word="Region"
              value={regionId}
              options={choices.regions}
              onChange={(next) => onChange({ regionId: next })}
            />
            <Options
              word="Postgres version"
              value={String(pgVersion)}
              options={choices.versions.map((version) => ({ id: String(version), name: String(version) }))}
              onChange={(next) => onChange({ pgVersion: Number(next) })}
            />
          </>
        ) : (
          <Options
            word="Project"
            value={projectId}
            options={choices.projects}
            onChange={(next) => onChange({ projectId: next })}
          />
        )}
      </div>
      <BranchName projectId={kind === "neon-new" ? null : projectId} />
    </div>
  );
}

interface OptionsProps {
  word: string;
  value: string;
  options: { id: string; name: string }[];
  onChange: (id: string) => void;
}

function Options({ word, value, options, onChange }: OptionsProps) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="text-quiet">
        {word}
      </label>
      <select id={id} value={value} onChange={(event) => onChange(event.target.value)} className={BOX}>
        {options.map((option) => (
          <option key={option.id} value={option.id}>
            {option.name}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Told before it exists; which names are free, the project knows. */
function BranchName({ projectId }: { projectId: string | null }) {
  const [name, setName] = useState<string | null>(null);
  useEffect(() => {
    let isOver = false;
    orLost(() => branchName(projectId)).then((outcome) => {
      if (!isOver) setName(outcome.ok ? outcome.value.name : null);
    });
    return () => {
      isOver = true;
    };
  }, [projectId]);
  return (
    <p className="text-sm text-quiet">
      {name === null ? "The import gets a branch of its own." : "The import's branch will be called "}
      {name !== null && <span className="font-mono text-text">{name}</span>}
    </p>
  );
}
