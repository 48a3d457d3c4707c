"use client";

import { FlaskConical } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Button } from "@/app/_ui/button";
import type { Explanation } from "@/lib/errors/describe";
import { createFromDemo } from "../new/actions";

/** One click to a checked draft from the demo database that the embedded Ferry brings along. */
export function DemoButton({ look }: { look: "plain" | "primary" }) {
  const router = useRouter();
  const [isBusy, startTransition] = useTransition();
  const [error, setError] = useState<Explanation | null>(null);

  const tryIt = () =>
    startTransition(async () => {
      const outcome = await createFromDemo();
      if (outcome.ok) router.push(`/new?step=checks&import=${outcome.value.id}`);
      else setError(outcome.error);
    });

  return (
    <span className="inline-flex flex-col gap-1">
      <Button look={look} isBusy={isBusy} onClick={tryIt}>
        {!isBusy && <FlaskConical aria-hidden className="size-3.5" />}
        Try it with the demo database
      </Button>
      {error && (
        <span role="alert" className="max-w-80 text-sm text-bad-text">
          {error.what} {error.remedy}
        </span>
      )}
    </span>
  );
}
