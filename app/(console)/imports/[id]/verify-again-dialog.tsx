"use client";

import { useState, useTransition } from "react";
import { Button } from "@/app/_ui/button";
import { Modal } from "@/app/_ui/modal";
import type { Explanation } from "@/lib/errors/describe";
import { ConnectionField } from "../../new/connection-field";
import { useConnection } from "../../new/use-connection";
import { compareAgain } from "./actions";

interface VerifyAgainDialogProps {
  id: string;
  onAsked: () => void;
  onClose: () => void;
}

/** Asks for the source once more, since its password was forgotten when the import ended. */
export default function VerifyAgainDialog({ id, onAsked, onClose }: VerifyAgainDialogProps) {
  const source = useConnection(null);
  const [error, setError] = useState<Explanation | null>(null);
  const [isBusy, startTransition] = useTransition();

  const act = () =>
    startTransition(async () => {
      const text = source.read();
      if (text === null) return;
      const outcome = await compareAgain(id, text);
      if (!outcome.ok) return setError(outcome.error);
      onClose();
      onAsked();
    });

  return (
    <Modal
      title="Verify again"
      description="Both sides are compared as they are now, each under a snapshot of its own. Rows that were written to one of them since the import are differences. Nothing is changed on either side."
      isOpen
      onClose={onClose}
    >
      <div className="mt-4">
        <ConnectionField
          label="Source"
          legend="Source"
          rule="Ferry forgot its password when the import ended, and forgets it again when this is done."
          connection={source}
          error={error}
          onType={() => setError(null)}
          rows={2}
        />
      </div>
      <div className="mt-4 flex justify-end gap-2">
        <Button onClick={onClose}>Leave it</Button>
        <Button look="primary" isBusy={isBusy} onClick={act}>
          Verify again
        </Button>
      </div>
    </Modal>
  );
}
