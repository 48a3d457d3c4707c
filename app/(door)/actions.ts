"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import * as z from "zod";
import { addressOf, allowAction, allowPage, note } from "@/app/_server/access";
import { auth } from "@/app/_server/auth";
import { attempt } from "@/app/_server/outcome";
import { readForm } from "@/app/_server/read-form";
import { hasGitHub } from "@/lib/accounts/github";
import { join, joinSchema, resetPassword, resetSchema } from "@/lib/accounts/invites";
import { setUp, setUpSchema } from "@/lib/accounts/set-up";
import { gitHubAddress, signIn, signInSchema } from "@/lib/accounts/sign-in";
import { closeSessions } from "@/lib/accounts/users";
import { NOBODY, type Viewer } from "@/lib/accounts/viewer";
import { FerryError } from "@/lib/errors/ferry-error";
import { limitRate } from "@/lib/requests/limit-rate";
import type { DoorOutcome } from "./door-form";
import { safePath } from "./safe-path";

export async function enter(_: DoorOutcome, form: FormData): Promise<DoorOutcome> {
  const outcome = await tryDoor(async () => openSession(readForm(form, signInSchema)));
  if (!outcome.ok) return outcome;
  redirect(safePath(form.get("next") as string | null));
}

export async function enterThroughGitHub(form: FormData): Promise<void> {
  await allowAction("session.open");
  if (!hasGitHub()) redirect("/login");
  redirect(await gitHubAddress(auth(), safePath(form.get("next") as string | null), await headers()));
}

/** The first user becomes the owner. */
export async function setUpOwner(_: DoorOutcome, form: FormData): Promise<DoorOutcome> {
  const outcome = await tryDoor(async () => {
    const input = readForm(form, setUpSchema);
    const { id } = await setUp(input);
    await note({ viewer: newUser(id, input), deed: "owner.set_up" });
    await openSession(input);
  });
  if (!outcome.ok) return outcome;
  redirect("/");
}

export async function takeInvitation(_: DoorOutcome, form: FormData): Promise<DoorOutcome> {
  const outcome = await tryDoor(async () => {
    const input = readForm(form, joinSchema.extend({ token: z.string() }));
    const { id, email } = await join(input);
    await note({ viewer: newUser(id, { ...input, email }), deed: "invite.taken" });
    await openSession({ email, password: input.password });
  });
  if (!outcome.ok) return outcome;
  redirect("/");
}

export async function takeReset(_: DoorOutcome, form: FormData): Promise<DoorOutcome> {
  const outcome = await tryDoor(async () => {
    const input = readForm(form, resetSchema.extend({ token: z.string() }));
    const { id, email } = await resetPassword(input);
    await note({ viewer: newUser(id, { name: email, email }), deed: "reset.taken" });
    await openSession({ email, password: input.password });
  });
  if (!outcome.ok) return outcome;
  redirect("/");
}

export async function leave(): Promise<void> {
  const viewer = await allowAction("session.open");
  if (viewer.kind === "user") {
    await auth().api.signOut({ headers: await headers() });
    await note({ viewer, deed: "session.closed" });
  }
  redirect("/login");
}

/** Ends every session of the viewer's, this one too. */
export async function leaveEverywhere(): Promise<void> {
  const viewer = await allowPage("account.change", "/settings");
  if (viewer.kind === "user") {
    await closeSessions({ userId: viewer.id });
    await note({ viewer, deed: "sessions.closed" });
  }
  redirect("/login");
}

/** Secrets can be guessed here: who tries is counted by where the tries come from. */
function tryDoor(work: () => Promise<void>) {
  return attempt(async () => {
    await allowAction("session.open");
    await limitRate("login", { address: addressOf(await headers()) });
    await work();
    return null;
  });
}

async function openSession(input: z.infer<typeof signInSchema>): Promise<void> {
  // And by whose password is tried, from wherever that is.
  await limitRate("login", { subject: input.email.toLowerCase() });
  try {
    const { viewer } = await signIn(auth(), input, await headers());
    await note({ viewer, deed: "session.opened" });
  } catch (error) {
    if (error instanceof FerryError) {
      // People type passwords into the wrong field: what is no address is not written down.
      const tried = z.email().safeParse(input.email).data ?? "something that is no e-mail address";
      await note({ viewer: NOBODY, deed: "session.refused", detail: tried });
    }
    throw error;
  }
}

const newUser = (id: string, { name, email }: { name: string; email: string }): Viewer => ({
  ...{ kind: "user", id, name, email, role: "member" },
});
