"use client";

import { RotateCcw } from "lucide-react";
import { useState, useTransition } from "react";
import { Button } from "@/app/_ui/button";
import type { Explanation } from "@/lib/errors/describe";
import { retry } from "./actions";

export function RetryButton({ id }: { id: string }) {
  const [isBusy, startTransition] = useTransition();
  const [error, setError] = useState<Explanation | null>(null);
  return (
    <>
      <Button
        look="primary"
        isBusy={isBusy}
        onClick={() =>
          startTransition(async () => {
            const outcome = await retry(id);
            setError(outcome.ok ? null : outcome.error);
          })
        }
      >
        {!isBusy && <RotateCcw aria-hidden className="size-3.5" />}
        Retry from here
      </Button>
      {error && (
        <p role="alert" className="w-full text-sm text-bad-text">
          {error.what} {error.remedy}
        </p>
      )}
    </>
  );
}
