"use client";

import { useId, useState, useTransition } from "react";
import type { Outcome } from "@/app/_server/outcome";
import { Button } from "@/app/_ui/button";
import { Modal } from "@/app/_ui/modal";
import type { Explanation } from "@/lib/errors/describe";
import { Choice } from "../../new/target-choice";

export interface Way {
  word: string;
  hint: string;
  /** Does it. */
  act: () => Promise<Outcome>;
}

interface ChoiceDialogProps {
  title: string;
  description: string;
  /** One needs no choice; of several the first is the one that takes nothing away. */
  ways: readonly [Way, ...Way[]];
  /** What the button says that does it, and the one that does not. */
  confirm: string;
  leave: string;
  look?: "primary" | "danger";
  onClose: () => void;
}

/** A question with its consequences, asked before something is done to an import. */
export default function ChoiceDialog({ title, description, ways, confirm, leave, look, onClose }: ChoiceDialogProps) {
  const name = useId();
  const [chosen, setChosen] = useState(0);
  const [error, setError] = useState<Explanation | null>(null);
  const [isBusy, startTransition] = useTransition();

  const act = () =>
    startTransition(async () => {
      const outcome = await (ways[chosen] ?? ways[0]).act();
      setError(outcome.ok ? null : outcome.error);
      if (outcome.ok) onClose();
    });

  return (
    <Modal title={title} description={description} isOpen onClose={onClose}>
      {ways.length > 1 && (
        <fieldset className="mt-4 space-y-2">
          <legend className="sr-only">{title}</legend>
          {ways.map(({ word, hint }, place) => (
            <Choice
              key={word}
              name={name}
              isChosen={chosen === place}
              onChoose={() => setChosen(place)}
              word={word}
              hint={hint}
            />
          ))}
        </fieldset>
      )}
      {error && (
        <p role="alert" className="mt-3 text-sm text-bad-text">
          {error.what} {error.remedy}
        </p>
      )}
      <div className="mt-6 flex justify-end gap-2">
        <Button onClick={onClose}>{leave}</Button>
        <Button look={look} isBusy={isBusy} onClick={act}>
          {confirm}
        </Button>
      </div>
    </Modal>
  );
}
