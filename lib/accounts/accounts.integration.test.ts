import { describe, expect, it } from "vitest";
import { anna, cookieOf, emptyAccounts, memberOf, owner, PASSWORD, viewerOf } from "@/e2e/people";
import type { Viewer } from "./viewer";

const { sql } = emptyAccounts();

describe("the first user", () => {
  it("needs the secret, and there is one", async () => {
    const { setUp } = await import("./set-up");
    const { howToSetUp } = await import("./say-set-up");
    for (const secret of ["", "a guess", "a".repeat(20)]) {
      await expect(setUp({ ...anna, secret })).rejects.toMatchObject({ code: "set_up.wrong_secret" });
    }
    const said = await howToSetUp();
    const secret = said?.split(": ")[1] ?? "";
    expect(secret).toMatch(/^[\w-]{20}$/);
    await setUp({ ...anna, secret });
    expect(await howToSetUp()).toBeNull();
    const again = setUp({ ...anna, email: "eve@ferry.example", secret });
    await expect(again).rejects.toMatchObject({ code: "set_up.done" });
  });

  it("is one, also of ten who come at the same moment", async () => {
    const tries = Array.from({ length: 10 }, (_, number) => owner(`number-${number}@ferry.example`));
    const settled = await Promise.allSettled(tries);
    expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const one of settled) {
      if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "set_up.done" });
    }
    expect(await sql("select count(*)::int as n from users")).toEqual([{ n: 1 }]);
    expect(await sql("select count(*)::int as n from accounts")).toEqual([{ n: 1 }]);
  });
});

describe("a session", () => {
  it("is known by its cookie, which a copy of the tables does not make", async () => {
    await owner();
    const sent = await cookieOf(anna.email, PASSWORD);
    expect(sent.get("cookie")).toMatch(/^__Host-ferry-session=/);
    expect(await viewerOf(sent)).toMatchObject({ kind: "user", email: anna.email, role: "owner" });
    const [{ token }] = (await sql("select token from sessions")) as [{ token: string }];
    expect(await viewerOf(new Headers({ cookie: `__Host-ferry-session=${token}` }))).toEqual({ kind: "nobody" });
    const [{ password }] = (await sql("select password from accounts")) as [{ password: string }];
    expect(password).not.toContain(PASSWORD);
  });

  it("has a cookie that scripts, other sites and plain http do not get", async () => {
    await owner();
    const { createAuth } = await import("./auth");
    const { signIn } = await import("./sign-in");
    const { headers } = await signIn(createAuth(), { email: anna.email, password: PASSWORD }, new Headers());
    const [cookie = ""] = headers.getSetCookie();
    expect(cookie).toMatch(/; Path=\/(;|$)/);
    for (const word of ["HttpOnly", "Secure", "SameSite=Lax"]) expect(cookie).toContain(`; ${word}`);
    expect(cookie).not.toMatch(/domain/i);
  });

  it.each([
    ["an unknown address", "eve@ferry.example", PASSWORD],
    ["a wrong password", anna.email, "wrong horse battery"],
    ["no password", anna.email, ""],
    ["no address", "anna", PASSWORD],
  ])("is refused with %s, in the same words", async (_what, email, password) => {
    await owner();
    await expect(cookieOf(email, password)).rejects.toMatchObject({ code: "session.refused", context: {} });
  });

  it("ends when the member is removed, and no new one begins", async () => {
    const ben = await memberOf(await owner());
    const sent = await cookieOf("ben@ferry.example", PASSWORD);
    expect(await viewerOf(sent)).toMatchObject({ kind: "user", role: "member" });
    const { removeMember } = await import("./users");
    await removeMember({ id: ben });
    expect(await viewerOf(sent)).toEqual({ kind: "nobody" });
    await expect(cookieOf("ben@ferry.example", PASSWORD)).rejects.toMatchObject({ code: "session.refused" });
    // Whoever wrote the row by another way is not let in either.
    await sql("update users set role = 'root' where email = 'ben@ferry.example'");
    await expect(removeMember({ id: ben })).rejects.toMatchObject({ code: "account.missing" });
  });

  it("of others ends when the password changes", async () => {
    await owner();
    const { createAuth } = await import("./auth");
    const { changePassword } = await import("./sign-in");
    const [here, elsewhere] = [await cookieOf(anna.email, PASSWORD), await cookieOf(anna.email, PASSWORD)];
    const wrong = changePassword(createAuth(), { current: "not this one", next: "another horse battery" }, here);
    await expect(wrong).rejects.toMatchObject({ code: "account.wrong_password" });
    await changePassword(createAuth(), { current: PASSWORD, next: "another horse battery" }, here);
    expect(await viewerOf(elsewhere)).toEqual({ kind: "nobody" });
    await expect(cookieOf(anna.email, PASSWORD)).rejects.toMatchObject({ code: "session.refused" });
    await cookieOf(anna.email, "another horse battery");
  });

  it("cannot be had by signing up", async () => {
    const { createAuth } = await import("./auth");
    const body = { name: "Eve", email: "eve@ferry.example", password: PASSWORD };
    await expect(createAuth().api.signUpEmail({ body })).rejects.toMatchObject({ statusCode: 400 });
    expect(await sql("select id from users")).toEqual([]);
  });
});

describe("through GitHub", () => {
  /** What better-auth does when GitHub has said who somebody is. */
  async function arrive(email: string, emailVerified = true) {
    const { createAuth } = await import("./auth");
    const { internalAdapter } = await createAuth().$context;
    const source = { method: "oauth", oauth: { providerId: "github" } } as const;
    return internalAdapter.createUser({ name: "G", email, emailVerified }, source);
  }
  const roles = () => sql("select email, role from users order by email");

  it("nobody comes in who is not invited, and none whose address GitHub has not verified", async () => {
    const { invite } = await import("./invites");
    await invite({ email: "ben@ferry.example", by: await owner() });
    expect(await arrive("eve@ferry.example")).toBeNull();
    expect(await arrive("ben@ferry.example", false)).toBeNull();
    expect(await roles()).toEqual([{ email: anna.email, role: "owner" }]);
    await arrive("Ben@ferry.example");
    expect(await roles()).toEqual([
      { email: anna.email, role: "owner" },
      { email: "ben@ferry.example", role: "member" },
    ]);
  });

  it("the owner who is named comes in while there is none", async () => {
    expect(await arrive("olga@ferry.example", false)).toBeNull();
    await arrive("olga@ferry.example");
    expect(await roles()).toEqual([{ email: "olga@ferry.example", role: "owner" }]);
  });

  it("no token of GitHub's is kept", async () => {
    const id = await owner();
    const { createAuth } = await import("./auth");
    const { internalAdapter } = await createAuth().$context;
    const secret = "gho_marker";
    await internalAdapter.linkAccount({
      ...{ userId: id, providerId: "github", accountId: "7" },
      ...{ accessToken: secret, refreshToken: secret, idToken: secret },
    });
    expect(JSON.stringify(await sql("select * from accounts"))).not.toContain(secret);
  });
});

describe("the audit log", () => {
  it("says who did what, newest first, a page at a time, and forgets after a year", async () => {
    const { AUDIT_ON_A_PAGE, listDeeds, noteDeed } = await import("./audit");
    await sql(
      "insert into audit_log (id, at, actor_kind, actor_name, action) values ('0', now() - interval '366 days', 'local', 'x', 'y')",
    );
    const viewer: Viewer = { kind: "user", id: "u", name: "Anna", email: anna.email, role: "owner" };
    for (let n = 0; n <= AUDIT_ON_A_PAGE; n++) {
      await noteDeed({ viewer, deed: "import.started", subject: `import ${n}`, address: "192.0.2.7" });
    }
    const first = await listDeeds();
    expect(first.deeds).toHaveLength(AUDIT_ON_A_PAGE);
    expect(first.deeds[0]).toMatchObject({ actor: anna.email, deed: "import.started", address: "192.0.2.7" });
    const second = await listDeeds({ before: first.before ?? "" });
    expect(second).toMatchObject({ deeds: [{ subject: "import 0" }], before: null });
  });

  it("holds no secret that found its way into a detail", async () => {
    const { listDeeds, noteDeed } = await import("./audit");
    const detail = "postgres://anna:hunter22@db.example/shop";
    await noteDeed({ viewer: { kind: "nobody" }, deed: "session.refused", detail });
    expect(JSON.stringify(await listDeeds())).not.toContain("hunter22");
  });
});

it("better-auth tells nobody of this Ferry", async () => {
  const { createAuth } = await import("./auth");
  expect(createAuth().options).toMatchObject({
    telemetry: { enabled: false },
    emailAndPassword: { disableSignUp: true },
  });
});
