"use client";

import { Button } from "./button";
import { Modal } from "./modal";
import { shortcuts } from "./shortcut-keys";

export default function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Modal title="Keyboard shortcuts" description="On every page, unless you are typing." isOpen onClose={onClose}>
      <dl className="mt-4 divide-y rounded-md border text-sm">
        {shortcuts.map(({ keys, word }) => (
          <div key={word} className="flex items-center justify-between gap-4 px-3 py-2">
            <dt>{word}</dt>
            <dd className="flex gap-1">
              {keys.map((key) => (
                <kbd
                  key={key}
                  className="grid h-5 min-w-5 place-items-center rounded-sm border bg-raised px-1 font-mono text-xs"
                >
                  {key}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <div className="mt-6 flex justify-end">
        <Button onClick={onClose}>Close</Button>
      </div>
    </Modal>
  );
}
