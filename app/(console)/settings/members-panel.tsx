"use client";

import { useState } from "react";
import { Ago } from "@/app/_ui/ago";
import { Button } from "@/app/_ui/button";
import { Field } from "@/app/_ui/field";
import { Panel } from "@/app/_ui/panel";
import { SecretOnce } from "@/app/_ui/secret-once";
import type { InviteView } from "@/lib/accounts/invites";
import type { MemberView } from "@/lib/accounts/users";
import { makeInvitation, makeResetLink, remove, revokeInvitation } from "./actions";
import { Trouble } from "./trouble";
import { useAct } from "./use-act";

interface MembersPanelProps {
  members: MemberView[];
  invites: InviteView[];
  /** Only the owner invites and removes. */
  mayChange: boolean;
  now: string;
}

export function MembersPanel({ members, invites, mayChange, now }: MembersPanelProps) {
  const { act, isBusy, trouble } = useAct();
  const [email, setEmail] = useState("");
  const [link, setLink] = useState<{ url: string; hint: string } | null>(null);
  const show =
    (hint: string) =>
    ({ path }: { path: string }) => {
      setEmail("");
      setLink({ url: `${window.location.origin}${path}`, hint });
    };
  return (
    <Panel title="Members" note={`${members.length}`}>
      <ul className="divide-y divide-line/60">
        {members.map((member) => (
          <li key={member.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
            <span className="min-w-0 flex-1 basis-48">
              <span className="block truncate font-medium">{member.name}</span>
              <span className="block truncate text-sm text-quiet">{member.email}</span>
            </span>
            <span className="w-16 text-sm text-quiet">{member.role === "owner" ? "Owner" : "Member"}</span>
            <span className="w-28 text-sm text-quiet max-sm:hidden">
              since <Ago at={member.since} now={now} />
            </span>
            {mayChange && (
              <span className="flex gap-1 max-sm:-ml-3 sm:-mr-3 sm:min-w-52 sm:justify-end">
                <Button
                  look="quiet"
                  isBusy={isBusy}
                  aria-label={`Make a link that sets a new password for ${member.email}`}
                  onClick={() =>
                    act(
                      () => makeResetLink(member.id),
                      show(`Sets a new password for ${member.email}, once, within 24 hours.`),
                    )
                  }
                >
                  New password
                </Button>
                {member.role !== "owner" && <RemoveButton member={member} />}
              </span>
            )}
          </li>
        ))}
        {invites.map((invited) => (
          <li key={invited.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
            <span className="min-w-0 flex-1 basis-48 truncate text-quiet">{invited.email}</span>
            <span className="text-sm text-quiet">
              {invited.kind === "join" ? "Invited" : "New password"}, until{" "}
              <time dateTime={invited.expiresAt}>{invited.expiresAt.slice(0, 10)}</time>
            </span>
            {mayChange && (
              <Button
                look="quiet"
                className="max-sm:-ml-3 sm:-mr-3"
                isBusy={isBusy}
                aria-label={`Revoke the link of ${invited.email}`}
                onClick={() =>
                  act(
                    () => revokeInvitation(invited.id),
                    () => setLink(null),
                  )
                }
              >
                Revoke
              </Button>
            )}
          </li>
        ))}
      </ul>
      {mayChange && (
        <div className="space-y-3 border-t p-4">
          <form
            className="flex flex-wrap items-end gap-2"
            onSubmit={(event) => {
              event.preventDefault();
              act(
                () => makeInvitation(email),
                show("For one person, once, within 7 days. It is shown only now; hand it over yourself."),
              );
            }}
          >
            <Field
              className="min-w-0 flex-1 basis-64"
              label="Invite by e-mail address"
              type="email"
              required
              value={email}
              onChange={(event) => setEmail(event.target.value)}
              autoComplete="off"
            />
            <Button type="submit" isBusy={isBusy} className="max-sm:h-9">
              Make a link
            </Button>
          </form>
          {link && <SecretOnce label="Link to hand over" text={link.url} hint={link.hint} />}
          <Trouble text={trouble} />
        </div>
      )}
    </Panel>
  );
}

/** Asks once more, in place. */
function RemoveButton({ member }: { member: MemberView }) {
  const { act, isBusy, trouble } = useAct();
  const [isAsking, setAsking] = useState(false);
  if (!isAsking) {
    return (
      <Button look="quiet" aria-label={`Remove ${member.email}`} onClick={() => setAsking(true)}>
        Remove
      </Button>
    );
  }
  return (
    <>
      <Button look="danger" isBusy={isBusy} onClick={() => act(() => remove(member.id))}>
        Remove {member.name}
      </Button>
      <Button look="quiet" onClick={() => setAsking(false)}>
        Keep
      </Button>
      <Trouble text={trouble} />
    </>
  );
}
