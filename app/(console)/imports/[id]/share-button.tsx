"use client";

import { Share2 } from "lucide-react";
import { Suspense, useState } from "react";
import { Button } from "@/app/_ui/button";
import { loadLater } from "@/app/_ui/load-later";

const ShareDialog = loadLater(() => import("./share-dialog"));

export function ShareButton({ id }: { id: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      {/* It is always there: first where buttons begin at the left, last where they end at the right. */}
      <Button className="max-xl:order-first" onClick={() => setOpen(true)}>
        <Share2 aria-hidden className="size-3.5" />
        Share
      </Button>
      <Suspense>{isOpen && <ShareDialog id={id} onClose={() => setOpen(false)} />}</Suspense>
    </>
  );
}
