"use client";

import { Dialog } from "@base-ui/react/dialog";
import type { ReactNode } from "react";

interface ModalProps {
  title: string;
  description: ReactNode;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** A question or a small task above the page. */
export function Modal({ title, description, isOpen, onClose, children }: ModalProps) {
  return (
    <Dialog.Root open={isOpen} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-20 bg-[#000]/50 transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Popup className="fixed top-[8dvh] left-1/2 z-20 max-h-[84dvh] w-[30rem] max-w-[calc(100vw-2rem)] -translate-x-1/2 overflow-y-auto sm:top-[16dvh] sm:max-h-[76dvh] rounded-md border border-line-strong bg-panel p-6 transition-[opacity,scale] duration-100 data-ending-style:scale-98 data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0">
          <Dialog.Title className="text-lg font-semibold tracking-tight">{title}</Dialog.Title>
          <Dialog.Description className="mt-2 text-quiet">{description}</Dialog.Description>
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
