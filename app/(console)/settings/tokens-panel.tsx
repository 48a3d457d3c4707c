"use client";

import { type ReactNode, useId, useState } from "react";
import { Ago } from "@/app/_ui/ago";
import { Button } from "@/app/_ui/button";
import { Field, inputClasses } from "@/app/_ui/field";
import { Panel } from "@/app/_ui/panel";
import { SecretOnce } from "@/app/_ui/secret-once";
import type { TokenView } from "@/lib/accounts/api-tokens";
import { type Scope, scopes } from "@/lib/accounts/viewer";
import { makeApiToken, revokeApiToken } from "./actions";
import { Trouble } from "./trouble";
import { useAct } from "./use-act";

const words: Record<Scope, string> = {
  read: "Read: imports, progress and reports",
  write: "Write: also make, start, stop and share imports",
  admin: "Admin: also read the audit log",
};
const DAYS = [7, 30, 90, 365] as const;

interface TokensPanelProps {
  tokens: TokenView[];
  isOwner: boolean;
  now: string;
}

export function TokensPanel({ tokens, isOwner, now }: TokensPanelProps) {
  const { act, isBusy, trouble } = useAct();
  const [made, setMade] = useState<string | null>(null);
  return (
    <Panel title="API tokens" note="for the HTTP API: Authorization: Bearer …">
      {tokens.length > 0 && (
        <ul className="divide-y divide-line/60">
          {tokens.map((token) => (
            <li key={token.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
              <span className="min-w-0 flex-1 basis-48">
                <span className="block truncate font-medium">{token.name}</span>
                <span className="block truncate text-sm text-quiet">{token.owner}</span>
              </span>
              <span className="w-14 text-sm text-quiet">{token.scope}</span>
              <span className="w-32 text-sm text-quiet max-sm:hidden">
                {token.lastUsedAt ? (
                  <>
                    used <Ago at={token.lastUsedAt} now={now} />
                  </>
                ) : (
                  "never used"
                )}
              </span>
              <span className="text-sm text-quiet">
                until <time dateTime={token.expiresAt}>{token.expiresAt.slice(0, 10)}</time>
              </span>
              <Button
                look="quiet"
                className="sm:-mr-3"
                isBusy={isBusy}
                aria-label={`Revoke ${token.name}`}
                onClick={() =>
                  act(
                    () => revokeApiToken(token.id),
                    () => setMade(null),
                  )
                }
              >
                Revoke
              </Button>
            </li>
          ))}
        </ul>
      )}
      <form
        className="space-y-3 p-4 not-first:border-t"
        onSubmit={(event) => {
          event.preventDefault();
          const form = event.currentTarget;
          const asked = new FormData(form);
          const [name, scope, days] = [
            String(asked.get("name")),
            String(asked.get("scope")),
            Number(asked.get("days")),
          ];
          act(
            () => makeApiToken(name, scope, days),
            ({ token }) => {
              setMade(token);
              form.reset();
            },
          );
        }}
      >
        <div className="flex flex-wrap items-end gap-2">
          <Field
            className="min-w-0 flex-1 basis-48"
            label="What it is for"
            name="name"
            required
            maxLength={60}
            autoComplete="off"
          />
          <Select label="May" name="scope">
            {scopes
              .filter((scope) => isOwner || scope !== "admin")
              .map((scope) => (
                <option key={scope} value={scope}>
                  {words[scope]}
                </option>
              ))}
          </Select>
          <Select label="Valid for" name="days" initial="30">
            {DAYS.map((days) => (
              <option key={days} value={days}>
                {days} days
              </option>
            ))}
          </Select>
          <Button type="submit" isBusy={isBusy} className="max-sm:h-9">
            Make a token
          </Button>
        </div>
        {made && (
          <SecretOnce
            label="API token"
            text={made}
            hint="It is shown only now. Keep it where your scripts keep their secrets."
          />
        )}
        <Trouble text={trouble} />
      </form>
    </Panel>
  );
}

interface SelectProps {
  label: string;
  name: string;
  initial?: string;
  children: ReactNode;
}

function Select({ label, name, initial, children }: SelectProps) {
  const id = useId();
  return (
    <div className="min-w-0 space-y-1.5">
      <label htmlFor={id} className="block text-sm font-medium">
        {label}
      </label>
      <select id={id} name={name} defaultValue={initial} className={inputClasses}>
        {children}
      </select>
    </div>
  );
}
