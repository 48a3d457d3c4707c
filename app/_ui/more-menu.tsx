"use client";

import { Menu } from "@base-ui/react/menu";
import { Ellipsis } from "lucide-react";
import type { ReactNode } from "react";
import { markButtonClasses, Spinner } from "./button-look";
import { classes } from "./classes";

interface MoreMenuProps {
  label: string;
  isBusy?: boolean;
  children: ReactNode;
}

/** Who goes from part to part of a page would not come by what stands outside of all. */
const mainPart = () => (typeof document === "undefined" ? undefined : document.querySelector("main"));

/** What is done seldom, behind one button. */
export function MoreMenu({ label, isBusy = false, children }: MoreMenuProps) {
  return (
    <Menu.Root>
      <Menu.Trigger aria-label={label} aria-busy={isBusy || undefined} className={markButtonClasses("plain")}>
        {isBusy ? <Spinner /> : <Ellipsis aria-hidden className="size-4" />}
      </Menu.Trigger>
      <Menu.Portal container={mainPart()}>
        <Menu.Positioner align="end" sideOffset={4} className="z-20">
          <Menu.Popup className="min-w-48 rounded-md border border-line-strong bg-panel p-1 outline-none">
            {children}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

interface MenuChoiceProps {
  word: string;
  /** Why it cannot be chosen. */
  refusal?: string | null;
  isDanger?: boolean;
  onChoose: () => void;
}

export function MenuChoice({ word, refusal = null, isDanger = false, onChoose }: MenuChoiceProps) {
  return (
    <Menu.Item
      disabled={refusal !== null}
      onClick={onChoose}
      className={classes(
        "cursor-pointer rounded-sm px-2 py-1.5 text-sm outline-none select-none data-highlighted:bg-raised",
        "data-disabled:cursor-not-allowed data-disabled:text-quiet",
        isDanger && refusal === null && "text-bad-text",
      )}
    >
      {word}
      {refusal !== null && <span className="block max-w-56 text-xs">{refusal}</span>}
    </Menu.Item>
  );
}
