"use client";

import { useState, useTransition } from "react";
import { Button } from "@/app/_ui/button";
import { CopyButton } from "@/app/_ui/copy-button";
import { Modal } from "@/app/_ui/modal";
import { revoke, share } from "./actions";

/** A link is told once, when it is made: only a digest of it is kept. */
export default function ShareDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const [link, setLink] = useState<string | null>(null);
  const [word, setWord] = useState<string | null>(null);
  const [isBusy, startTransition] = useTransition();

  const create = () =>
    startTransition(async () => {
      const outcome = await share(id);
      setLink(outcome.ok ? `${window.location.origin}/share/${outcome.value.token}` : null);
      setWord(outcome.ok ? null : `${outcome.error.what} ${outcome.error.remedy}`);
    });

  const revokeAll = () =>
    startTransition(async () => {
      const outcome = await revoke(id);
      setLink(null);
      setWord(outcome.ok ? "Every link to this import has been revoked." : outcome.error.what);
    });

  return (
    <Modal
      title="Share this import"
      description="Whoever has the link sees progress and result, without hosts, users and passwords, and can change nothing."
      isOpen
      onClose={onClose}
    >
      {link && (
        <div className="mt-4 flex flex-wrap gap-2">
          {/* Two lines: a link that is cut off looks like one that is broken. */}
          <textarea
            readOnly
            rows={2}
            aria-label="Link to share"
            value={link}
            onFocus={(event) => event.target.select()}
            className="block w-full resize-none rounded-md border bg-page px-3 py-2 font-mono text-xs break-all"
          />
          <CopyButton text={link} label="Copy link" look="primary" />
        </div>
      )}
      <p role="status" className="mt-3 min-h-5 text-sm text-quiet">
        {word ?? (link ? "It is shown only now, and works for 30 days. You can create another at any time." : "")}
      </p>
      <div className="mt-4 flex flex-wrap justify-between gap-2">
        <Button look="quiet" className="-ml-3" onClick={revokeAll} aria-disabled={isBusy || undefined}>
          Revoke all links
        </Button>
        <span className="flex gap-2">
          <Button onClick={onClose}>Close</Button>
          <Button look={link ? "plain" : "primary"} isBusy={isBusy} onClick={create}>
            {link ? "Create another" : "Create link"}
          </Button>
        </span>
      </div>
    </Modal>
  );
}
