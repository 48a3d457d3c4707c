"use client";

import { type ReactNode, useEffect, useState } from "react";
import { ExplanationNotice } from "@/app/_ui/explanation-notice";
import type { Explanation } from "@/lib/errors/describe";
import { branchName, type ProjectChoices, projectChoices } from "../projects/actions";
import type { TargetWish } from "./target-wish";

interface NeonFieldsProps {
  wish: TargetWish;
  onChange: (changed: Partial<TargetWish>) => void;
}

const BOX = "mt-1 h-8 w-full rounded-md border border-line-strong bg-page px-2";

/** Which project, or what a new one shall be; and how the import's branch will be called there. */
export function NeonFields({ wish, onChange }: NeonFieldsProps) {
  const [choices, setChoices] = useState<ProjectChoices | null>(null);
  const [error, setError] = useState<Explanation | null>(null);
  const [branch, setBranch] = useState<string | null>(null);
  const { kind, projectId, projectName, regionId, pgVersion } = wish;
  const isNew = kind === "neon-new";

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once, when the choice is made.
  useEffect(() => {
    let isOver = false;
    projectChoices().then((outcome) => {
      if (isOver) return;
      if (!outcome.ok) return setError(outcome.error);
      const { projects, regions, versions } = outcome.value;
      setChoices(outcome.value);
      const known = projects.find(({ id }) => id === projectId);
      onChange(
        isNew
          ? {
              regionId: regionId || (regions[0]?.id ?? ""),
              pgVersion: versions.includes(pgVersion) ? pgVersion : versions[0],
            }
          : { projectId: known?.id ?? projects[0]?.id ?? "" },
      );
    });
    return () => {
      isOver = true;
    };
  }, []);

  useEffect(() => {
    let isOver = false;
    if (!isNew && projectId === "") return;
    branchName(isNew ? null : projectId).then((outcome) => {
      if (!isOver) setBranch(outcome.ok ? outcome.value.name : null);
    });
    return () => {
      isOver = true;
    };
  }, [isNew, projectId]);

  if (error) return <ExplanationNotice error={error} />;
  if (!isNew && choices?.projects.length === 0) {
    return <p className="mt-4 text-sm text-quiet">There is no project yet: choose a new one.</p>;
  }
  return (
    <div className="mt-4 space-y-3" aria-busy={choices === null}>
      <div className="grid gap-3 sm:grid-cols-3">
        {isNew ? (
          <>
            <Labelled word="Project name">
              <input
                value={projectName}
                required
                maxLength={256}
                onChange={(event) => onChange({ projectName: event.target.value })}
                className={BOX}
              />
            </Labelled>
            <Labelled word="Region">
              <select value={regionId} onChange={(event) => onChange({ regionId: event.target.value })} className={BOX}>
                {choices?.regions.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </select>
            </Labelled>
            <Labelled word="Postgres version">
              <select
                value={pgVersion}
                onChange={(event) => onChange({ pgVersion: Number(event.target.value) })}
                className={BOX}
              >
                {(choices?.versions ?? [pgVersion]).map((version) => (
                  <option key={version}>{version}</option>
                ))}
              </select>
            </Labelled>
          </>
        ) : (
          <Labelled word="Project">
            <select value={projectId} onChange={(event) => onChange({ projectId: event.target.value })} className={BOX}>
              {choices?.projects.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </Labelled>
        )}
      </div>
      <p className="text-sm text-quiet">
        {branch === null ? "The import gets a branch of its own." : "The import's branch will be called "}
        {branch !== null && <span className="font-mono text-text">{branch}</span>}
      </p>
    </div>
  );
}

function Labelled({ word, children }: { word: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is what it is wrapped around.
    <label className="block text-sm">
      <span className="text-quiet">{word}</span>
      {children}
    </label>
  );
}
