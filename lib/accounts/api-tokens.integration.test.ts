import { describe, expect, it } from "vitest";
import { emptyAccounts, memberOf, owner } from "@/e2e/people";
import type { Viewer } from "./viewer";

const { sql } = emptyAccounts();

describe("an API token", () => {
  async function made(scope: "read" | "write" | "admin" = "write") {
    const { makeToken } = await import("./api-tokens");
    const userId = await owner();
    return { userId, ...(await makeToken({ userId, name: "ci", scope, days: 30 })) };
  }
  async function viewer(token: string): Promise<Viewer> {
    const { viewerOfToken } = await import("./api-tokens");
    return viewerOfToken(token);
  }

  it("is its user's, for what it was made for; a digest of it is kept, and when it was used", async () => {
    const { token, userId, id } = await made();
    expect(token).toMatch(/^ferry_[\w-]{43}$/);
    const { listTokens } = await import("./api-tokens");
    expect(await listTokens()).toMatchObject([{ id, name: "ci", scope: "write", lastUsedAt: null }]);
    const found = { kind: "token", id, name: "ci", userId, role: "owner", scope: "write" };
    expect(await viewer(token)).toEqual(found);
    expect((await listTokens({ userId }))[0]?.lastUsedAt).not.toBeNull();
    expect(JSON.stringify(await sql("select * from api_tokens"))).not.toContain(token.slice(6));
  });

  it.each([
    ["has expired", "update api_tokens set expires_at = now()"],
    ["was revoked", "update api_tokens set revoked_at = now()"],
    ["has another letter", "update api_tokens set token_hash = 'x'"],
  ])("that %s is nobody's", async (_what, change) => {
    const { token } = await made();
    await sql(change);
    expect(await viewer(token)).toEqual({ kind: "nobody" });
  });

  it.each(["", "ferry_", "ferry_short", `x${"a".repeat(48)}`, `ferry_${"'".repeat(43)}`])(
    "%j is none",
    async (text) => {
      expect(await viewer(text)).toEqual({ kind: "nobody" });
    },
  );

  it("ends with its user's membership", async () => {
    const ben = await memberOf(await owner());
    const { makeToken, revokeToken } = await import("./api-tokens");
    const { id, token } = await makeToken({ userId: ben, name: "ben's", scope: "read", days: 1 });
    expect(await viewer(token)).toMatchObject({ kind: "token", role: "member" });
    const { removeMember } = await import("./users");
    await removeMember({ id: ben });
    expect(await viewer(token)).toEqual({ kind: "nobody" });
    await expect(revokeToken({ id })).rejects.toMatchObject({ code: "token.missing" });
  });
});
