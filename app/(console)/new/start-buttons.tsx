"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useRef, useState, useTransition } from "react";
import { Button } from "@/app/_ui/button";
import { ExplanationNotice } from "@/app/_ui/explanation-notice";
import type { Explanation } from "@/lib/errors/describe";
import { start, testRun } from "./actions";
import { orLost } from "./lost-connection";

interface StartButtonsProps {
  id: string;
  /** A place where what was copied for a try can be deleted again. */
  canTestRun: boolean;
  children: ReactNode;
}

export function StartButtons({ id, canTestRun, children }: StartButtonsProps) {
  const router = useRouter();
  const [error, setError] = useState<Explanation | null>(null);
  const [pressed, setPressed] = useState<"start" | "test" | null>(null);
  const [isBusy, startTransition] = useTransition();
  const [isReady, setReady] = useState(false);
  // One test run for one press, also where its answer got lost and it is pressed again.
  const key = useRef("");
  useEffect(() => setReady(true), []);

  function press(button: "start" | "test"): void {
    if (isBusy) return;
    setError(null);
    setPressed(button);
    startTransition(async () => {
      key.current ||= crypto.randomUUID();
      const outcome = await orLost<{ id: string } | null>(() =>
        button === "start" ? start(id) : testRun(id, key.current),
      );
      if (!outcome.ok) return setError(outcome.error);
      key.current = "";
      router.push(`/imports/${outcome.value?.id ?? id}`);
    });
  }

  return (
    <div className="space-y-4">
      {error && <ExplanationNotice error={error} />}
      <div className="flex flex-wrap items-center gap-2">
        <Button
          look="primary"
          isBusy={isBusy && pressed === "start"}
          disabled={!isReady}
          onClick={() => press("start")}
        >
          Start import
        </Button>
        {canTestRun && (
          <Button isBusy={isBusy && pressed === "test"} disabled={!isReady} onClick={() => press("test")}>
            Test run
          </Button>
        )}
        {children}
      </div>
      {canTestRun && (
        <p className="text-sm text-quiet">
          A test run copies into a branch that is deleted afterwards. It shows how long the import takes, and whether
          all is well; this draft stays as it is.
        </p>
      )}
    </div>
  );
}
