"use client";

import { Dialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { markButtonClasses } from "./button";
import { Nav } from "./nav";
import type { Theme } from "./theme";
import { ThemeSwitch } from "./theme-switch";

interface PhoneSheetProps {
  theme: Theme;
  hasRuns: boolean;
  onClose: () => void;
}

export default function PhoneSheet({ theme, hasRuns, onClose }: PhoneSheetProps) {
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-20 bg-[#000]/50" />
        <Dialog.Popup className="fixed inset-y-0 left-0 z-20 flex w-60 flex-col gap-4 border-r bg-page p-3">
          <div className="flex items-center justify-between">
            <Dialog.Title className="px-2 font-medium">Menu</Dialog.Title>
            <Dialog.Close aria-label="Close menu" className={markButtonClasses("quiet")}>
              <X aria-hidden className="size-4" />
            </Dialog.Close>
          </div>
          <Nav hasRuns={hasRuns} onNavigate={onClose} />
          <div className="mt-auto">
            <ThemeSwitch theme={theme} />
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
