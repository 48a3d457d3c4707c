import { FerryError } from "@/lib/errors/ferry-error";

/** What a member may not: invite, remove, read the audit log. A former member stays as a row and may do nothing. */
export const roles = ["owner", "member", "former"] as const;
export type Role = (typeof roles)[number];

/** What a token was made for; each holds the ones before it. It never allows more than its user may. */
export const scopes = ["read", "write", "admin"] as const;
export type Scope = (typeof scopes)[number];

/** Who asks. */
export type Viewer =
  | { kind: "nobody" }
  /** The one at this machine: an embedded Ferry on a loopback address signs them in by itself. */
  | { kind: "local" }
  | { kind: "user"; id: string; name: string; email: string; role: Role }
  | { kind: "token"; id: string; name: string; userId: string; role: Role; scope: Scope }
  /** Whoever has a valid link to one import. */
  | { kind: "share"; importId: string };

export const NOBODY: Viewer = { kind: "nobody" };
export const LOCAL: Viewer = { kind: "local" };

/** By what imports, tokens and the audit log name them; the local user has no row anywhere. */
export function viewerId(viewer: Viewer): string | null {
  switch (viewer.kind) {
    case "local":
      return "local";
    case "user":
      return viewer.id;
    case "token":
      return viewer.userId;
    default:
      return null;
  }
}

/** Of somebody whom a rule has let in that only a person passes. */
export function personOf(viewer: Viewer): string {
  const id = viewerId(viewer);
  if (id === null) throw new FerryError("access.refused");
  return id;
}

/** An unknown word in the database is the least that there is. */
export const readRole = (text: unknown): Role => roles.find((role) => role === text) ?? "former";
export const readScope = (text: string): Scope => scopes.find((scope) => scope === text) ?? "read";
