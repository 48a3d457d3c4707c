"use client";

import { Menu } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { markButtonClasses } from "./button";
import type { Theme } from "./theme";

// Its dialog is loaded when it is first opened: most who come are not on a phone.
const PhoneSheet = lazy(() => import("./phone-sheet"));

/** The sidebar on a phone: a sheet from the left. */
export function PhoneMenu({ theme, hasRuns }: { theme: Theme; hasRuns: boolean }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        aria-label="Open menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(true)}
        className={markButtonClasses("quiet")}
      >
        <Menu aria-hidden className="size-4" />
      </button>
      <Suspense>{isOpen && <PhoneSheet theme={theme} hasRuns={hasRuns} onClose={() => setOpen(false)} />}</Suspense>
    </>
  );
}
