"use client";

import { RotateCw } from "lucide-react";
import { useState, useTransition } from "react";
import { Button } from "@/app/_ui/button";
import type { Explanation } from "@/lib/errors/describe";
import { checkAgain } from "./actions";

export function CheckAgainButton({ id }: { id: string }) {
  const [isBusy, startTransition] = useTransition();
  const [word, setWord] = useState<Explanation | "done" | null>(null);

  const run = () => {
    setWord(null);
    startTransition(async () => {
      const outcome = await checkAgain(id);
      setWord(outcome.ok ? "done" : outcome.error);
    });
  };

  return (
    <>
      {word !== null && (
        <p
          role={word === "done" ? "status" : "alert"}
          className={word === "done" ? "text-sm text-quiet" : "text-sm text-bad-text"}
        >
          {word === "done" ? "Checked just now" : `${word.what} ${word.remedy}`}
        </p>
      )}
      <Button isBusy={isBusy} onClick={run}>
        {!isBusy && <RotateCw aria-hidden className="size-3.5" />}
        Run again
      </Button>
    </>
  );
}
