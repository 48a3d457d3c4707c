"use client";

import { type FormEvent, useId, useState, useTransition } from "react";
import { Button } from "@/app/_ui/button";
import { ExplanationNotice } from "@/app/_ui/explanation-notice";
import type { Explanation } from "@/lib/errors/describe";
import { saveKey } from "./actions";

/** Where Ferry is given a Neon account: its key goes to the server once, and is sealed there. */
export function KeyForm() {
  const id = useId();
  const [key, setKey] = useState("");
  const [error, setError] = useState<Explanation | null>(null);
  const [isBusy, startTransition] = useTransition();

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isBusy) return;
    startTransition(async () => {
      const outcome = await saveKey(key);
      setError(outcome.ok ? null : outcome.error);
      if (outcome.ok) setKey("");
    });
  }

  return (
    <form onSubmit={submit} className="space-y-4">
      <label htmlFor={id} className="block text-sm text-quiet">
        Make one in the Neon console under Account settings, API keys. It is sealed on the server, and only its last
        four characters are shown from then on.
      </label>
      <div className="flex flex-wrap gap-2">
        <input
          id={id}
          type="password"
          autoComplete="off"
          value={key}
          onChange={(event) => setKey(event.target.value)}
          placeholder="napi_…"
          className="h-8 min-w-0 flex-1 basis-64 rounded-md border border-line-strong bg-page px-2 font-mono text-sm"
        />
        <Button type="submit" look="primary" isBusy={isBusy}>
          Save key
        </Button>
      </div>
      {error && <ExplanationNotice error={error} />}
    </form>
  );
}
