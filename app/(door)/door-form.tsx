"use client";

import { type FormEvent, type ReactNode, startTransition, useActionState } from "react";
import type { Outcome } from "@/app/_server/outcome";
import { Button } from "@/app/_ui/button";
import { Notice } from "@/app/_ui/notice";

/** Null until it is sent for the first time; whoever is let in is sent on and sees no outcome. */
export type DoorOutcome = Outcome | null;
export type DoorAction = (before: DoorOutcome, form: FormData) => Promise<DoorOutcome>;

interface DoorFormProps {
  title: string;
  text?: ReactNode;
  action: DoorAction;
  confirm: string;
  children: ReactNode;
}

/** What was typed stays when nothing came of it. */
export function DoorForm({ title, text, action, confirm, children }: DoorFormProps) {
  const [outcome, send, isBusy] = useActionState(action, null);
  /** Sent by its action, a form would be emptied. */
  function keepFields(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    startTransition(() => send(form));
  }

  return (
    <form action={send} onSubmit={keepFields} className="space-y-4 rounded-md border bg-panel p-6">
      <div className="space-y-1">
        <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
        {text && <p className="text-sm text-quiet">{text}</p>}
      </div>
      {outcome && !outcome.ok && (
        <Notice tone="bad" title={outcome.error.what} isAlert>
          <p>{outcome.error.remedy}</p>
        </Notice>
      )}
      {children}
      <Button type="submit" look="primary" isBusy={isBusy} className="w-full max-sm:h-9">
        {confirm}
      </Button>
    </form>
  );
}
