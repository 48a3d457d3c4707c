"use client";

import { type ReactNode, useId } from "react";

interface TargetChoiceProps {
  chosen: "local" | "url";
  onChoose: (kind: "local" | "url") => void;
  hasLocalTarget: boolean;
  /** Asks for the address, where one is needed. */
  field: ReactNode;
}

export function TargetChoice({ chosen, onChoose, hasLocalTarget, field }: TargetChoiceProps) {
  const name = useId();
  if (!hasLocalTarget) return field;
  return (
    <fieldset>
      <legend className="font-medium">Target</legend>
      <div className="mt-2 grid gap-2 sm:grid-cols-2">
        <Choice
          name={name}
          isChosen={chosen === "local"}
          onChoose={() => onChoose("local")}
          word="A fresh database on this machine"
          hint="Ferry creates it in its own Postgres when the import starts."
        />
        <Choice
          name={name}
          isChosen={chosen === "url"}
          onChoose={() => onChoose("url")}
          word="A Postgres of your own"
          hint="Any empty database that you have a connection string for."
        />
      </div>
      {chosen === "url" && <div className="mt-4">{field}</div>}
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
