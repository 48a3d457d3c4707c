import { describe, expect, it } from "vitest";
import { cookieOf, emptyAccounts, memberOf, owner, PASSWORD, viewerOf } from "@/e2e/people";

const { sql } = emptyAccounts();

describe("an invitation", () => {
  it("lets in one, once, of those who take it at the same moment", async () => {
    const { invite, join } = await import("./invites");
    const { token } = await invite({ email: "ben@ferry.example", by: await owner() });
    const tries = [1, 2, 3, 4].map((n) => join({ token, name: `Ben ${n}`, password: PASSWORD }));
    const settled = await Promise.allSettled(tries);
    expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await expect(join({ token, name: "Ben", password: PASSWORD })).rejects.toMatchObject({ code: "invite.invalid" });
    expect(await sql("select role from users where email = 'ben@ferry.example'")).toEqual([{ role: "member" }]);
  });

  it.each([
    ["has expired", "update invites set expires_at = now()"],
    ["was revoked", "update invites set revoked_at = now()"],
    ["is for another purpose", "update invites set kind = 'reset'"],
  ])("that %s lets in nobody", async (_what, change) => {
    const { invite, join, readInvite } = await import("./invites");
    const { token } = await invite({ email: "ben@ferry.example", by: await owner() });
    expect(await readInvite({ token, kind: "join" })).toEqual({ email: "ben@ferry.example" });
    await sql(change);
    await expect(readInvite({ token, kind: "join" })).rejects.toMatchObject({ code: "invite.invalid" });
    await expect(join({ token, name: "Ben", password: PASSWORD })).rejects.toMatchObject({ code: "invite.invalid" });
  });

  it("is void when the same address is invited again, and is no use to a member", async () => {
    const { invite, join } = await import("./invites");
    const by = await owner();
    const [first, second] = [await invite({ email: "b@f.example", by }), await invite({ email: "b@f.example", by })];
    await expect(join({ token: first.token, name: "B", password: PASSWORD })).rejects.toMatchObject({
      code: "invite.invalid",
    });
    await join({ token: second.token, name: "B", password: PASSWORD });
    await expect(invite({ email: "b@f.example", by })).rejects.toMatchObject({ code: "account.exists" });
  });

  it("is kept as a digest", async () => {
    const { invite } = await import("./invites");
    const { token } = await invite({ email: "ben@ferry.example", by: await owner() });
    expect(JSON.stringify(await sql("select * from invites"))).not.toContain(token);
  });

  it("brings back a former member, with the password given now", async () => {
    const by = await owner();
    const ben = await memberOf(by);
    const { removeMember } = await import("./users");
    await removeMember({ id: ben });
    expect(await memberOf(by)).toBe(ben);
    await cookieOf("ben@ferry.example", PASSWORD);
  });
});

it("a link for a new password ends the sessions of its user and works once", async () => {
  const by = await owner();
  const ben = await memberOf(by);
  const old = await cookieOf("ben@ferry.example", PASSWORD);
  const { offerReset, resetPassword } = await import("./invites");
  const { token } = await offerReset({ userId: ben, by });
  await resetPassword({ token, password: "another horse battery" });
  expect(await viewerOf(old)).toEqual({ kind: "nobody" });
  await cookieOf("ben@ferry.example", "another horse battery");
  await expect(resetPassword({ token, password: PASSWORD })).rejects.toMatchObject({ code: "invite.invalid" });
});

it("a link for a new password ends with the membership", async () => {
  const by = await owner();
  const ben = await memberOf(by);
  const { offerReset, resetPassword } = await import("./invites");
  const { removeMember } = await import("./users");
  const { token } = await offerReset({ userId: ben, by });
  await removeMember({ id: ben });
  await expect(resetPassword({ token, password: PASSWORD })).rejects.toMatchObject({ code: "invite.invalid" });
  expect(await sql("select * from accounts where user_id = $1", [ben])).toEqual([]);
});
