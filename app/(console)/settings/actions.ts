"use server";

import { refresh } from "next/cache";
import { headers } from "next/headers";
import { allowAction, limitUser, note } from "@/app/_server/access";
import { auth } from "@/app/_server/auth";
import { attempt, type Outcome } from "@/app/_server/outcome";
import { readForm } from "@/app/_server/read-form";
import { makeToken, revokeToken, tokenOwner, tokenSchema } from "@/lib/accounts/api-tokens";
import { invite, inviteSchema, offerReset, revokeInvite } from "@/lib/accounts/invites";
import { changePassword, passwordChangeSchema } from "@/lib/accounts/sign-in";
import { removeMember } from "@/lib/accounts/users";
import { personOf } from "@/lib/accounts/viewer";
import { FerryError } from "@/lib/errors/ferry-error";
import { forgetNeonKey } from "@/lib/imports/neon/account";

/** A link is told once: only a digest of its token is kept. */
export async function makeInvitation(email: string): Promise<Outcome<{ path: string }>> {
  return changing(async () => {
    const viewer = await allowAction("members.change");
    const { email: address } = readForm({ email }, inviteSchema);
    const { token } = await invite({ email: address, by: personOf(viewer) });
    await note({ viewer, deed: "invite.made", detail: address });
    return { path: `/invite/${token}` };
  });
}

export async function revokeInvitation(id: string): Promise<Outcome> {
  return changing(async () => {
    const viewer = await allowAction("members.change");
    const { email } = await revokeInvite({ id });
    await note({ viewer, deed: "invite.revoked", detail: email });
    return null;
  });
}

export async function makeResetLink(userId: string): Promise<Outcome<{ path: string }>> {
  return changing(async () => {
    const viewer = await allowAction("members.change");
    const { token } = await offerReset({ userId, by: personOf(viewer) });
    await note({ viewer, deed: "reset.made", subject: userId });
    return { path: `/reset/${token}` };
  });
}

export async function remove(userId: string): Promise<Outcome> {
  return changing(async () => {
    const viewer = await allowAction("members.change");
    const { email } = await removeMember({ id: userId });
    await forgetNeonKey({ by: userId });
    await note({ viewer, deed: "member.removed", subject: userId, detail: email });
    return null;
  });
}

export async function makeApiToken(name: string, scope: string, days: number): Promise<Outcome<{ token: string }>> {
  return changing(async () => {
    const viewer = await allowAction("tokens.make");
    const input = readForm({ name, scope, days }, tokenSchema);
    // It would never allow more than its user may; better that nobody believes it does.
    if (input.scope === "admin") await allowAction("audit.read");
    const { id, token } = await makeToken({ ...input, userId: personOf(viewer) });
    await note({
      viewer,
      deed: "token.made",
      subject: id,
      detail: `${input.name}, ${input.scope}, ${input.days} days`,
    });
    return { token };
  });
}

export async function revokeApiToken(id: string): Promise<Outcome> {
  return changing(async () => {
    await allowAction("tokens.make");
    const token = await tokenOwner({ id });
    if (!token) throw new FerryError("token.missing");
    const viewer = await allowAction("tokens.revoke", { userId: token.userId });
    await revokeToken({ id });
    await note({ viewer, deed: "token.revoked", subject: id, detail: token.name });
    return null;
  });
}

export async function setPassword(current: string, next: string): Promise<Outcome> {
  return attempt(async () => {
    const viewer = await allowAction("account.change");
    // Whoever has found a session open does not get to guess what it was opened with.
    await limitUser(viewer, "login");
    await changePassword(auth(), readForm({ current, next }, passwordChangeSchema), await headers());
    await note({ viewer, deed: "password.changed" });
    return null;
  });
}

async function changing<T>(verb: () => Promise<T>): Promise<Outcome<T>> {
  const outcome = await attempt(verb);
  refresh();
  return outcome;
}
