"use client";

import { RefreshCw } from "lucide-react";
import { Suspense, useState } from "react";
import { Button } from "@/app/_ui/button";
import { loadLater } from "@/app/_ui/load-later";

// Loaded when it is asked for: its field brings along all that reads connection strings.
const VerifyAgainDialog = loadLater(() => import("./verify-again-dialog"));

export function VerifyAgainButton({ id, onAsked }: { id: string; onAsked: () => void }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <RefreshCw aria-hidden className="size-3.5" />
        Verify again
      </Button>
      <Suspense>{isOpen && <VerifyAgainDialog id={id} onAsked={onAsked} onClose={() => setOpen(false)} />}</Suspense>
    </>
  );
}
