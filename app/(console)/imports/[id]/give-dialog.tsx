"use client";

import { useState, useTransition } from "react";
import { Button } from "@/app/_ui/button";
import { Modal } from "@/app/_ui/modal";
import type { Explanation } from "@/lib/errors/describe";
import { ConnectionField } from "../../new/connection-field";
import { useConnection } from "../../new/use-connection";
import { retry } from "./actions";

export type EndSide = "source" | "target";

interface GiveDialogProps {
  id: string;
  /** Of which sides the passwords are forgotten. */
  sides: readonly EndSide[];
  onClose: () => void;
}

const words = { source: "Source", target: "Target" } as const;

/** A day after its end an import has no passwords; with them it goes on where it stopped. */
export default function GiveDialog({ id, sides, onClose }: GiveDialogProps) {
  const connections = { source: useConnection(null), target: useConnection(null) };
  const [error, setError] = useState<{ text: Explanation; side: EndSide | null } | null>(null);
  const [isBusy, startTransition] = useTransition();

  const act = () =>
    startTransition(async () => {
      const given: Partial<Record<EndSide, string>> = {};
      for (const side of sides) given[side] = connections[side].read() ?? undefined;
      if (sides.some((side) => given[side] === undefined)) return;
      const outcome = await retry(id, false, given);
      if (outcome.ok) return onClose();
      const { side } = outcome;
      setError({ text: outcome.error, side: side !== null && sides.includes(side) ? side : null });
    });

  return (
    <Modal
      title="Retry with the passwords"
      description="Ferry has forgotten them. Give the connection strings that this import began with: they are sealed, and forgotten again a day after it ends."
      isOpen
      onClose={onClose}
    >
      <div className="mt-4 space-y-4">
        {sides.map((side) => (
          <ConnectionField
            key={side}
            label={words[side]}
            legend={words[side]}
            rule="The same database, for the same user."
            connection={connections[side]}
            error={error?.side === side ? error.text : null}
            onType={() => setError(null)}
            rows={2}
          />
        ))}
      </div>
      {error?.side === null && (
        <p role="alert" className="mt-2 text-sm text-bad-text">
          {error.text.what} {error.text.remedy}
        </p>
      )}
      <div className="mt-2 flex justify-end gap-2">
        <Button onClick={onClose}>Leave it</Button>
        <Button look="primary" isBusy={isBusy} onClick={act}>
          Retry from here
        </Button>
      </div>
    </Modal>
  );
}
