import { type Scope, scopes, type Viewer, viewerId } from "./viewer";

type Least = "everyone" | "share" | "member" | "owner";

interface Rule {
  /** The least that somebody signed in must be; `everyone` needs no sign-in, `share` a link to that import. */
  least: Least;
  /** What an API token must at least be made for; without it no token will do. */
  scope?: Scope;
  /** It is about an account, of which the local user has none. */
  needsAccount?: true;
  /** A member may do it to what is the member's own; the owner to anybody's. */
  ownOnly?: true;
}

/**
 * Everything that a page, a route or a server action asks for. A Ferry has one team: every member sees every import,
 * since an import is of a database that the team has, and whoever takes over a half-done one must be able to.
 */
export const rules = {
  /** Public by intent: the key that statements are checked with, the schema of reports, whether it is there at all. */
  "public.read": { least: "everyone" },
  /** To sign in or out, to set up, to take an invitation: whoever has a password, a secret or a link shows it there. */
  "session.open": { least: "everyone" },
  "theme.set": { least: "everyone" },
  /** The step engine calls; what it sends is signed. */
  "engine.call": { least: "everyone" },
  "shared.read": { least: "share" },

  "imports.read": { least: "member", scope: "read" },
  "imports.create": { least: "member", scope: "write" },
  "imports.change": { least: "member", scope: "write" },
  /** To upload a file, to have it read, to take it away again. */
  "files.bring": { least: "member", scope: "write" },
  "imports.run": { least: "member", scope: "write" },
  "imports.share": { least: "member", scope: "write" },
  /** The target's connection string with its password: to a person's browser only. */
  "imports.reveal": { least: "member" },
  "runs.read": { least: "owner" },

  /** With the user's own Neon account, or the one that this Ferry has. */
  "neon.read": { least: "member" },
  "neon.change": { least: "member" },
  "neon.reveal": { least: "member" },

  "settings.read": { least: "member" },
  "account.change": { least: "member", needsAccount: true },
  "tokens.make": { least: "member", needsAccount: true },
  "tokens.revoke": { least: "member", needsAccount: true, ownOnly: true },
  "members.change": { least: "owner", needsAccount: true },
  "audit.read": { least: "owner", scope: "admin" },
} as const satisfies Record<string, Rule>;

export type Action = keyof typeof rules;

/** What it is done to, where that matters. */
export interface Subject {
  /** Whose it is. */
  userId?: string;
  importId?: string;
}

/** Whether somebody may do something: the one place where that is decided. Pure. */
export function may(viewer: Viewer, action: Action, subject: Subject = {}): boolean {
  const rule: Rule = rules[action];
  if (rule.least === "everyone") return true;
  switch (viewer.kind) {
    case "nobody":
      return false;
    case "share":
      return rule.least === "share" && subject.importId === viewer.importId;
    case "local":
      return !rule.needsAccount;
    case "token":
      if (rule.scope === undefined || scopes.indexOf(viewer.scope) < scopes.indexOf(rule.scope)) return false;
      break;
  }
  if (viewer.role === "former") return false;
  if (viewer.role === "owner") return true;
  if (rule.ownOnly) return subject.userId !== undefined && subject.userId === viewerId(viewer);
  return rule.least === "member" || rule.least === "share";
}
