"use client";

import { type ReactNode, useId } from "react";
import { Choice } from "../target-choice";

export interface Option<T> {
  value: T;
  word: string;
  hint: string;
}

interface ChoicesProps<T> {
  legend: string;
  options: readonly Option<T>[];
  isChosen: (value: T) => boolean;
  onChoose: (value: T) => void;
  /** Below the options. */
  children?: ReactNode;
}

/** One of several, each with a word on what it means. */
export function OneOf<T>({ legend, options, isChosen, onChoose, children }: ChoicesProps<T>) {
  const name = useId();
  return (
    <fieldset>
      <legend className="font-medium">{legend}</legend>
      <div className="mt-2 grid gap-2 sm:grid-cols-2 lg:grid-cols-3">
        {options.map(({ value, word, hint }) => (
          <Choice
            key={word}
            name={name}
            isChosen={isChosen(value)}
            onChoose={() => onChoose(value)}
            word={word}
            hint={hint}
          />
        ))}
      </div>
      {children}
    </fieldset>
  );
}
