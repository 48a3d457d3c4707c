import { desc, lt, sql } from "drizzle-orm";
import { ulid } from "ulid";
import { database } from "@/lib/db/client";
import { auditLog } from "@/lib/db/schema";
import { redact } from "@/lib/security/redact";
import { type Viewer, viewerId } from "./viewer";

/** How long a line is kept. */
export const AUDIT_DAYS = 365;
export const AUDIT_ON_A_PAGE = 50;
const LONGEST_TEXT = 300;

/** What is noted. A stored format: names are added, never changed. */
export const deeds = [
  "owner.set_up",
  "session.opened",
  "session.refused",
  "session.closed",
  "sessions.closed",
  "password.changed",
  "invite.made",
  "invite.revoked",
  "invite.taken",
  "reset.made",
  "reset.taken",
  "member.removed",
  "token.made",
  "token.revoked",
  "file.brought",
  "file.removed",
  "import.created",
  "import.checked",
  "import.target_chosen",
  "import.started",
  "import.test_run_started",
  "import.paused",
  "import.resumed",
  "import.retried",
  "import.cancelled",
  "import.speed_limited",
  "import.verified_again",
  "import.shared",
  "import.shares_revoked",
  "import.target_revealed",
  "import.passwords_wiped",
  "import.passwords_given",
  "keys.rotated",
  "neon_key.stored",
  "neon_key.removed",
  "branch.made_default",
  "branch.renamed",
  "branch.deleted",
  "branch.revealed",
] as const;
export type Deed = (typeof deeds)[number];

export interface AuditLine {
  viewer: Viewer;
  deed: Deed;
  /** The id of what it was done to. */
  subject?: string | null;
  /** In words; never a secret. */
  detail?: string;
  /** From where it was asked for, as far as that is known. */
  address?: string | null;
}

/** Notes what somebody did. Lines that are too old go at the same time, so that nobody has to come for them. */
export async function noteDeed({ viewer, deed, subject, detail, address }: AuditLine): Promise<void> {
  const id = ulid();
  await database()
    .insert(auditLog)
    .values({
      ...{ id, actorKind: viewer.kind, actorId: viewerId(viewer), actorName: nameOf(viewer), action: deed },
      ...{ subject: short(subject), detail: short(detail), address: short(address) },
    });
  await database()
    .delete(auditLog)
    .where(lt(auditLog.at, sql`now() - ${AUDIT_DAYS} * interval '1 day'`));
}

const short = (text: string | null | undefined): string | null => (text ? redact(text.slice(0, LONGEST_TEXT)) : null);

function nameOf(viewer: Viewer): string {
  switch (viewer.kind) {
    case "user":
      return viewer.email;
    case "token":
      return `API token “${viewer.name}”`;
    case "local":
      return "this machine’s user";
    case "share":
      return "somebody with a link";
    case "nobody":
      return "somebody who is not signed in";
  }
}

export interface DeedView {
  id: string;
  at: string;
  actor: string;
  deed: string;
  subject: string | null;
  detail: string | null;
  address: string | null;
}

/** Anything can stand in an address. */
const isId = (text: string): boolean => /^[0-9A-Z]{26}$/.test(text);

/** The newest lines first; `before` one of them, when told. Their ids rise with time. */
export async function listDeeds({ before }: { before?: string } = {}): Promise<{
  deeds: DeedView[];
  before: string | null;
}> {
  const rows = await database()
    .select()
    .from(auditLog)
    .where(before !== undefined && isId(before) ? lt(auditLog.id, before) : undefined)
    .orderBy(desc(auditLog.id))
    .limit(AUDIT_ON_A_PAGE + 1);
  const shown = rows.slice(0, AUDIT_ON_A_PAGE);
  return {
    deeds: shown.map(({ id, at, actorName, action, subject, detail, address }) => ({
      ...{ id, at: at.toISOString(), actor: actorName, deed: action, subject, detail, address },
    })),
    before: rows.length > shown.length ? (shown.at(-1)?.id ?? null) : null,
  };
}
