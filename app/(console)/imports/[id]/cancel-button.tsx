"use client";

import dynamic from "next/dynamic";
import { useState, useTransition } from "react";
import { Button } from "@/app/_ui/button";
import type { Explanation } from "@/lib/errors/describe";
import { cancel } from "./actions";

// Loaded when it is first asked for: the page has to be there first.
const Modal = dynamic(() => import("@/app/_ui/modal").then((module) => module.Modal));

export function CancelButton({ id }: { id: string }) {
  const [isOpen, setOpen] = useState(false);
  const [error, setError] = useState<Explanation | null>(null);
  const [isBusy, startTransition] = useTransition();

  const confirm = () =>
    startTransition(async () => {
      const outcome = await cancel(id);
      setError(outcome.ok ? null : outcome.error);
      if (outcome.ok) setOpen(false);
    });

  return (
    <>
      <Button look="danger" onClick={() => setOpen(true)}>
        Cancel import
      </Button>
      {isOpen && (
        <Modal
          title="Cancel this import?"
          description="It stops for good. The source was only read; what has arrived stays in the target."
          isOpen
          onClose={() => setOpen(false)}
        >
          {error && (
            <p role="alert" className="mt-3 text-sm text-bad-text">
              {error.what} {error.remedy}
            </p>
          )}
          <div className="mt-6 flex justify-end gap-2">
            <Button onClick={() => setOpen(false)}>Go on importing</Button>
            <Button look="danger" isBusy={isBusy} onClick={confirm}>
              Cancel it
            </Button>
          </div>
        </Modal>
      )}
    </>
  );
}
