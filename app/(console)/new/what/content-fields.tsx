"use client";

import type { Choices } from "../choices";
import { OneOf, type Option } from "./fields";

interface ContentFieldsProps {
  choices: Choices;
  /** How many large objects there are, if the checks found some. */
  hasLargeObjects: boolean;
  onChange: (changed: Partial<Choices>) => void;
}

const contents: Option<Choices["content"]>[] = [
  { value: "all", word: "Schema and data", hint: "Tables with their rows, and everything around them." },
  { value: "schema", word: "Schema only", hint: "Every table arrives empty; sequences begin anew." },
  {
    value: "data",
    word: "Data only",
    hint: "Rows into the empty tables that your migrations have made in a Postgres of yours. Its schema stays.",
  },
];

const largeObjects: Option<boolean>[] = [
  { value: false, word: "Leave them out", hint: "Columns that refer to them keep their numbers." },
  {
    value: true,
    word: "Carry them all",
    hint: "Under the same numbers, with their comments. The importing user owns them.",
  },
];

export function ContentFields({ choices, hasLargeObjects, onChange }: ContentFieldsProps) {
  return (
    <>
      <OneOf
        legend="Content"
        options={contents}
        isChosen={(value) => value === choices.content}
        onChoose={(content) => onChange({ content })}
      />
      {hasLargeObjects && choices.content !== "schema" && (
        <OneOf
          legend="Large objects"
          options={largeObjects}
          isChosen={(value) => value === choices.largeObjects}
          onChoose={(value) => onChange({ largeObjects: value })}
        />
      )}
    </>
  );
}
