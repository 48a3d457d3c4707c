"use client";

import { type FormEvent, useId, useState, useTransition } from "react";
import type { Outcome } from "@/app/_server/outcome";
import { Button } from "@/app/_ui/button";
import { Modal } from "@/app/_ui/modal";
import type { Explanation } from "@/lib/errors/describe";

interface NameDialogProps {
  title: string;
  description: string;
  label: string;
  name: string;
  onName: (name: string) => void;
  /** Whether what stands in the field will do. */
  isReady: boolean;
  confirm: string;
  look?: "primary" | "danger";
  act: () => Promise<Outcome>;
  onClose: () => void;
}

/** A name to be typed, and what is done with it. */
export function NameDialog(props: NameDialogProps) {
  const { title, description, label, name, onName, isReady, confirm, look = "primary", act, onClose } = props;
  const id = useId();
  const [error, setError] = useState<Explanation | null>(null);
  const [isBusy, startTransition] = useTransition();

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isBusy || !isReady) return;
    startTransition(async () => {
      const outcome = await act();
      setError(outcome.ok ? null : outcome.error);
      if (outcome.ok) onClose();
    });
  }

  return (
    <Modal title={title} description={description} isOpen onClose={onClose}>
      <form onSubmit={submit} className="mt-4">
        <label htmlFor={id} className="block text-sm font-medium break-words">
          {label}
        </label>
        <input
          id={id}
          value={name}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onName(event.target.value)}
          className="mt-2 h-8 w-full rounded-md border border-line-strong bg-page px-2"
        />
        {error && (
          <p role="alert" className="mt-3 text-sm text-bad-text">
            {error.what} {error.remedy}
          </p>
        )}
        <div className="mt-6 flex justify-end gap-2">
          <Button onClick={onClose}>Leave it</Button>
          <Button type="submit" look={look} isBusy={isBusy} disabled={!isReady}>
            {confirm}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
