"use client";

import { Share2 } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { Button } from "@/app/_ui/button";

const ShareDialog = lazy(() => import("./share-dialog"));

export function ShareButton({ id }: { id: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Share2 aria-hidden className="size-3.5" />
        Share
      </Button>
      <Suspense>{isOpen && <ShareDialog id={id} onClose={() => setOpen(false)} />}</Suspense>
    </>
  );
}
