"use client";

import { useState, useTransition } from "react";
import { limitSpeed } from "./actions";

const STEPS = [1, 2, 5, 10, 20, 50, 100, 200];

/** How fast the source may be read; it may be changed at any time. */
export function SpeedLimit({ id, limit }: { id: string; limit: number | null }) {
  const [isBusy, startTransition] = useTransition();
  const [sentence, setSentence] = useState("");
  const steps = limit === null || STEPS.includes(limit) ? STEPS : [...STEPS, limit].sort((left, right) => left - right);

  const choose = (value: string) =>
    startTransition(async () => {
      const outcome = await limitSpeed(id, value === "" ? null : Number(value));
      setSentence(outcome.ok ? "" : `${outcome.error.what} ${outcome.error.remedy}`);
    });

  return (
    <>
      {sentence !== "" && (
        <p role="alert" className="text-sm text-bad-text">
          {sentence}
        </p>
      )}
      <label className="flex items-center gap-2 text-sm text-quiet">
        Speed limit
        <select
          value={limit ?? ""}
          disabled={isBusy}
          onChange={(event) => choose(event.target.value)}
          className="h-8 rounded-md border border-line-strong bg-page px-2 text-text"
        >
          <option value="">None</option>
          {steps.map((step) => (
            <option key={step} value={step}>
              {step} MB/s
            </option>
          ))}
        </select>
      </label>
    </>
  );
}
