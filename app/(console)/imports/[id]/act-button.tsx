"use client";

import type { LucideIcon } from "lucide-react";
import { useState, useTransition } from "react";
import type { Outcome } from "@/app/_server/outcome";
import { Button } from "@/app/_ui/button";
import type { Explanation } from "@/lib/errors/describe";

interface ActButtonProps {
  word: string;
  Mark?: LucideIcon;
  look?: "primary" | "plain";
  act: () => Promise<Outcome>;
}

/** Does something that may be pressed twice and takes nothing away; what goes wrong is said beside it. */
export function ActButton({ word, Mark, look, act }: ActButtonProps) {
  const [isBusy, startTransition] = useTransition();
  const [error, setError] = useState<Explanation | null>(null);
  return (
    <>
      <Button
        look={look}
        isBusy={isBusy}
        onClick={() =>
          startTransition(async () => {
            const outcome = await act();
            setError(outcome.ok ? null : outcome.error);
          })
        }
      >
        {!isBusy && Mark && <Mark aria-hidden className="size-3.5" />}
        {word}
      </Button>
      {error && (
        <p role="alert" className="w-full text-sm text-bad-text">
          {error.what} {error.remedy}
        </p>
      )}
    </>
  );
}
