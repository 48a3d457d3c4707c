import { createHash, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface GitHubPerson {
  id: number;
  login: string;
  name?: string | null;
  /** As GitHub lists them; none where the scope for them was not given. */
  emails: { email: string; primary: boolean; verified: boolean }[];
}

export interface GitHubStandIn {
  url: string;
  /** Whom it signs in from now on. */
  person: GitHubPerson;
  /** What was asked of it, in order. */
  asked: string[];
  stop(): Promise<void>;
}

export const CLIENT = { id: "ferry-client", secret: "ferry-client-secret-77" };

interface Grant {
  person: GitHubPerson;
  redirectUri: string;
  challenge: string;
}

/**
 * The part of GitHub that signs people in, as a GitHub Enterprise Server has it at one address: authorize, token, user and
 * e-mail addresses. A code is good once, for the client that asked, its redirect and its verifier; a token says who it is.
 */
export async function startGitHub(person: GitHubPerson): Promise<GitHubStandIn> {
  const codes = new Map<string, Grant>();
  const tokens = new Map<string, GitHubPerson>();
  const state = { person, asked: [] as string[] };

  const answers: Record<string, (request: IncomingMessage, url: URL, response: ServerResponse) => Promise<void>> = {
    "GET /login/oauth/authorize": async (_request, { searchParams: given }, response) => {
      const code = randomBytes(10).toString("hex");
      const redirectUri = given.get("redirect_uri") ?? "";
      const isWhole = given.get("client_id") === CLIENT.id && given.get("code_challenge_method") === "S256";
      if (!isWhole || !given.get("scope")?.includes("user:email")) return json(response, { error: "bad request" }, 400);
      codes.set(code, { person: state.person, redirectUri, challenge: given.get("code_challenge") ?? "" });
      const back = new URL(redirectUri);
      back.searchParams.set("code", code);
      back.searchParams.set("state", given.get("state") ?? "");
      response.writeHead(302, { location: back.href }).end();
    },
    "POST /login/oauth/access_token": async (request, _url, response) => {
      const given = new URLSearchParams(await bodyOf(request));
      const grant = codes.get(given.get("code") ?? "");
      codes.delete(given.get("code") ?? "");
      const verifier = createHash("sha256")
        .update(given.get("code_verifier") ?? "")
        .digest("base64url");
      const isClient = given.get("client_id") === CLIENT.id && given.get("client_secret") === CLIENT.secret;
      const isSame = given.get("redirect_uri") === grant?.redirectUri && verifier === grant?.challenge;
      // GitHub says so with 200.
      if (!grant || !isClient || !isSame) return json(response, { error: "bad_verification_code" });
      const token = `gho_${randomBytes(18).toString("hex")}`;
      tokens.set(token, grant.person);
      return json(response, { access_token: token, scope: "read:user,user:email", token_type: "bearer" });
    },
    "GET /api/v3/user": async (request, _url, response) => {
      const who = tokens.get(bearerOf(request));
      if (!who) return json(response, { message: "Bad credentials" }, 401);
      const { id, login, name = null, emails } = who;
      // The one on the profile is for show: it need not be theirs.
      return json(response, { id, login, name, email: emails[0]?.email ?? null, avatar_url: "" });
    },
    "GET /api/v3/user/emails": async (request, _url, response) => {
      const who = tokens.get(bearerOf(request));
      return who ? json(response, who.emails) : json(response, { message: "Bad credentials" }, 401);
    },
  };

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://github.test");
    const name = `${request.method} ${url.pathname}`;
    state.asked.push(name);
    const answer = answers[name] ?? (async () => json(response, { message: "Not Found" }, 404));
    answer(request, url, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(state, {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

const bearerOf = (request: IncomingMessage) => request.headers.authorization?.replace(/^Bearer /, "") ?? "";

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

async function json(response: ServerResponse, value: unknown, status = 200): Promise<void> {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
}
