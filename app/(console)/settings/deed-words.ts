import type { Deed } from "@/lib/accounts/audit";

const words: Record<Deed, string> = {
  "owner.set_up": "Set up this Ferry",
  "session.opened": "Signed in",
  "session.refused": "Failed to sign in",
  "session.closed": "Signed out",
  "sessions.closed": "Signed out everywhere",
  "password.changed": "Changed the password",
  "invite.made": "Invited somebody",
  "invite.revoked": "Revoked an invitation",
  "invite.taken": "Joined",
  "reset.made": "Made a link for a new password",
  "reset.taken": "Set a new password by a link",
  "member.removed": "Removed a member",
  "token.made": "Made an API token",
  "token.revoked": "Revoked an API token",
  "import.created": "Made an import",
  "import.checked": "Ran the checks again",
  "import.started": "Started an import",
  "import.paused": "Paused an import",
  "import.resumed": "Resumed an import",
  "import.retried": "Retried an import",
  "import.cancelled": "Cancelled an import",
  "import.speed_limited": "Changed the speed limit",
  "import.verified_again": "Had an import verified again",
  "import.shared": "Made a link to an import",
  "import.shares_revoked": "Revoked the links to an import",
  "import.target_revealed": "Saw the target’s connection string",
  "import.passwords_wiped": "Had the passwords forgotten",
  "keys.rotated": "Sealed everything under a new key",
  "neon_key.stored": "Stored a Neon API key",
  "neon_key.removed": "Removed a Neon API key",
};

/** A line of a newer Ferry's stays readable. */
export const deedWord = (deed: string): string => (words as Record<string, string>)[deed] ?? deed;
