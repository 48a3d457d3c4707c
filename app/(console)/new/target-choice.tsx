"use client";

import { type ReactNode, useId } from "react";
import { NeonFields } from "./neon-fields";
import { kindsOf, type Offered, type TargetKind, type TargetWish } from "./target-wish";

interface TargetChoiceProps {
  offered: Offered;
  wish: TargetWish;
  onChange: (changed: Partial<TargetWish>) => void;
  /** Asks for the address, where one is needed. */
  field: ReactNode;
}

const words: Record<TargetKind, { word: string; hint: string }> = {
  "neon-new": {
    word: "A new Neon project",
    hint: "Ferry makes it when the import starts. You choose name and region.",
  },
  "neon-branch": {
    word: "A branch of a Neon project",
    hint: "A fresh branch for this import. The others stay as they are.",
  },
  local: {
    word: "A fresh database on this machine",
    hint: "Ferry creates it in its own Postgres when the import starts.",
  },
  url: { word: "A Postgres of your own", hint: "Any empty database that you have a connection string for." },
};

export function TargetChoice({ offered, wish, onChange, field }: TargetChoiceProps) {
  const name = useId();
  const kinds = kindsOf(offered);
  if (kinds.length === 1) return field;
  return (
    <fieldset>
      <legend className="font-medium">Target</legend>
      <div className="mt-2 grid gap-2 sm:grid-cols-2">
        {kinds.map((kind) => (
          <Choice
            key={kind}
            name={name}
            isChosen={wish.kind === kind}
            onChoose={() => onChange({ kind })}
            {...words[kind]}
          />
        ))}
      </div>
      {wish.kind === "url" && <div className="mt-4">{field}</div>}
      {offered.neon && (wish.kind === "neon-new" || wish.kind === "neon-branch") && (
        <NeonFields choices={offered.neon} wish={wish} onChange={onChange} />
      )}
    </fieldset>
  );
}

interface ChoiceProps {
  name: string;
  isChosen: boolean;
  onChoose: () => void;
  word: string;
  hint: string;
}

export function Choice({ name, isChosen, onChoose, word, hint }: ChoiceProps) {
  const hintId = useId();
  return (
    <label className="flex gap-3 rounded-md border p-3 hover:bg-raised/60 has-checked:border-line-strong has-checked:bg-raised">
      <input
        type="radio"
        name={name}
        checked={isChosen}
        onChange={onChoose}
        aria-describedby={hintId}
        className="mt-0.5 size-4 shrink-0 accent-accent"
      />
      <span>
        <span className="block font-medium">{word}</span>
        <span id={hintId} className="block text-sm text-quiet">
          {hint}
        </span>
      </span>
    </label>
  );
}
