"use client";

import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { Field } from "@/app/_ui/field";
import { Panel } from "@/app/_ui/panel";
import { leave, leaveEverywhere } from "../../(door)/actions";
import { setPassword } from "./actions";
import { Trouble } from "./trouble";
import { useAct } from "./use-act";

interface AccountPanelProps {
  name: string;
  email: string;
  role: string;
}

export function AccountPanel({ name, email, role }: AccountPanelProps) {
  const { act, isBusy, trouble } = useAct();
  const [isChanged, setChanged] = useState(false);
  return (
    <Panel
      title="Your account"
      actions={
        <>
          <form action={leaveEverywhere}>
            <Button type="submit" look="quiet">
              Sign out everywhere
            </Button>
          </form>
          <form action={leave}>
            <Button type="submit">Sign out</Button>
          </form>
        </>
      }
    >
      <div className="grid gap-6 p-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,2fr)]">
        <div>
          <p className="font-medium">{name}</p>
          <p className="text-sm text-quiet">
            {email}, {role}
          </p>
        </div>
        <form
          className="space-y-3"
          onSubmit={(event) => {
            event.preventDefault();
            const form = event.currentTarget;
            const typed = new FormData(form);
            setChanged(false);
            act(
              () => setPassword(String(typed.get("current")), String(typed.get("next"))),
              () => {
                form.reset();
                setChanged(true);
              },
            );
          }}
        >
          <div className="flex flex-wrap items-end gap-2">
            <Field
              className="min-w-0 flex-1 basis-48"
              label="Present password"
              name="current"
              type="password"
              required
              autoComplete="current-password"
            />
            <Field
              className="min-w-0 flex-1 basis-48"
              label="New password"
              name="next"
              type="password"
              required
              minLength={12}
              maxLength={200}
              autoComplete="new-password"
            />
            <Button type="submit" isBusy={isBusy} className="max-sm:h-9">
              Change password
            </Button>
          </div>
          <p role="status" className="text-sm text-quiet">
            {isChanged ? "Changed. Your other sessions have ended." : ""}
          </p>
          <Trouble text={trouble} />
        </form>
      </div>
    </Panel>
  );
}
