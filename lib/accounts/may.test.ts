import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Action, may, rules } from "./may";
import { LOCAL, NOBODY, readRole, readScope, roles, type Scope, scopes, type Viewer } from "./viewer";

const user = (role: "owner" | "member" | "former"): Viewer => ({
  ...{ kind: "user", id: role, name: role, email: `${role}@ferry.example`, role },
});
const token = (scope: Scope, role: "owner" | "member" | "former" = "owner"): Viewer => ({
  ...{ kind: "token", id: "t", name: "ci", userId: role, role, scope },
});
const share: Viewer = { kind: "share", importId: "01J" };

const VIEWERS = {
  nobody: NOBODY,
  share,
  former: user("former"),
  member: user("member"),
  owner: user("owner"),
  local: LOCAL,
  "read token": token("read"),
  "write token": token("write"),
  "admin token": token("admin"),
  "admin token of a member": token("admin", "member"),
  "admin token of a former member": token("admin", "former"),
} as const;
type Who = keyof typeof VIEWERS;

const EVERYONE = Object.keys(VIEWERS) as Who[];
const READS: Who[] = [
  "member",
  "owner",
  "local",
  "read token",
  "write token",
  "admin token",
  "admin token of a member",
];
const WRITES = READS.filter((who) => who !== "read token");
const PEOPLE: Who[] = ["member", "owner", "local"];

/** As it is written in SECURITY.md. */
const TABLE: Record<Action, Who[]> = {
  "public.read": EVERYONE,
  "session.open": EVERYONE,
  "theme.set": EVERYONE,
  "engine.call": EVERYONE,
  "shared.read": ["share", ...READS].filter((who) => !who.includes("token")) as Who[],
  "imports.read": READS,
  "imports.create": WRITES,
  "imports.change": WRITES,
  "files.bring": WRITES,
  "imports.run": WRITES,
  "imports.share": WRITES,
  "imports.reveal": PEOPLE,
  "runs.read": ["owner", "local"],
  "neon.read": PEOPLE,
  "neon.change": PEOPLE,
  "neon.reveal": PEOPLE,
  "settings.read": PEOPLE,
  "account.change": ["member", "owner"],
  "tokens.make": ["member", "owner"],
  "tokens.revoke": ["member", "owner"],
  "members.change": ["owner"],
  "audit.read": ["owner", "local", "admin token"],
};

describe.each(Object.entries(TABLE) as [Action, Who[]][])("%s", (action, allowed) => {
  it.each(EVERYONE)("%s", (who) => {
    const subject = { importId: "01J", userId: who };
    expect(may(VIEWERS[who], action, subject)).toBe(allowed.includes(who));
  });
});

it("a link opens its own import only", () => {
  expect(may(share, "shared.read", { importId: "01K" })).toBe(false);
  expect(may(share, "shared.read")).toBe(false);
});

it("a member revokes the member's own tokens, the owner anybody's", () => {
  expect(may(user("member"), "tokens.revoke", { userId: "owner" })).toBe(false);
  expect(may(user("member"), "tokens.revoke")).toBe(false);
  expect(may(user("owner"), "tokens.revoke", { userId: "member" })).toBe(true);
});

it("a token never allows more than its user may, nor more than a wider one", () => {
  const anyAction = fc.constantFrom(...(Object.keys(rules) as Action[]));
  const anyRole = fc.constantFrom(...roles);
  fc.assert(
    fc.property(anyAction, anyRole, fc.constantFrom(...scopes), (action, role, scope) => {
      const subject = { userId: role, importId: "01J" };
      if (may(token(scope, role), action, subject)) {
        expect(may(user(role), action, subject)).toBe(true);
        expect(may(token("admin", role), action, subject)).toBe(true);
      }
    }),
  );
});

it("takes an unknown word for the least", () => {
  expect([readRole("admin"), readRole(undefined), readRole("owner")]).toEqual(["former", "former", "owner"]);
  expect([readScope("all"), readScope("write")]).toEqual(["read", "write"]);
});
