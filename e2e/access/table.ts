/** Who tries. `share` comes with a valid link; `former` is signed in as somebody who is no member any more. */
export const WHO = ["nobody", "share", "former", "member", "owner", "read", "write", "admin"] as const;
export type Who = (typeof WHO)[number];

const EVERYONE: readonly Who[] = WHO;
const SIGNED_IN: readonly Who[] = ["member", "owner"];
const READ: readonly Who[] = ["member", "owner", "read", "write", "admin"];
const WRITE: readonly Who[] = ["member", "owner", "write", "admin"];
const OWNER: readonly Who[] = ["owner"];
const AUDIT: readonly Who[] = ["owner", "admin"];
const LINK: readonly Who[] = ["share"];

/** Routes of the API, by method and path: who is allowed. What is missing here fails the test. */
export const ROUTES: Readonly<Record<string, readonly Who[]>> = {
  "GET /api/imports": READ,
  "POST /api/imports": WRITE,
  "GET /api/imports/[id]": READ,
  "GET /api/imports/[id]/events": READ,
  "GET /api/imports/[id]/preview": READ,
  "GET /api/imports/[id]/reports": READ,
  "GET /api/imports/[id]/reports/[number]": READ,
  "GET /api/imports/[id]/reports/[number]/[form]": READ,
  "POST /api/imports/[id]/cancel": WRITE,
  "POST /api/imports/[id]/check": WRITE,
  "POST /api/imports/[id]/pause": WRITE,
  "POST /api/imports/[id]/resume": WRITE,
  "POST /api/imports/[id]/retry": WRITE,
  "POST /api/imports/[id]/share": WRITE,
  "POST /api/imports/[id]/speed-limit": WRITE,
  "POST /api/imports/[id]/start": WRITE,
  "POST /api/imports/[id]/target": WRITE,
  "POST /api/imports/[id]/verify": WRITE,
  "POST /api/files": WRITE,
  "GET /api/files/[id]": WRITE,
  "DELETE /api/files/[id]": WRITE,
  "PUT /api/files/[id]/bytes": WRITE,
  "POST /api/files/[id]/load": WRITE,
  "GET /api/audit-log": AUDIT,
  // Whoever has the link, signed in or not; the others come here with one that is not valid.
  "GET /api/share/[token]": LINK,
  "GET /api/share/[token]/events": LINK,
  "GET /api/share/[token]/card": LINK,
  "GET /api/public-key": EVERYONE,
  "GET /api/report-schema": EVERYONE,
  "GET /api/health": EVERYONE,
  // What nobody serves is nobody's.
  "GET /api/[...missing]": [],
  "POST /api/[...missing]": [],
  "PUT /api/[...missing]": [],
  "PATCH /api/[...missing]": [],
  "DELETE /api/[...missing]": [],
  // Not there unless GitHub is configured; then it is better-auth that refuses.
  "GET /api/auth/callback/github": [],
  // The step engine alone, by its signature, which none of these has. PUT has Ferry make itself known to its own engine.
  "GET /api/inngest": [],
  "POST /api/inngest": [],
  "PUT /api/inngest": EVERYONE,
};

/** Pages, by path. Whoever is not allowed is sent to sign in, or home. */
export const PAGES: Readonly<Record<string, readonly Who[]>> = {
  "/": SIGNED_IN,
  "/new": SIGNED_IN,
  "/imports/[id]": SIGNED_IN,
  "/runs": OWNER,
  "/runs/[id]": OWNER,
  "/projects": SIGNED_IN,
  "/projects/[id]": SIGNED_IN,
  "/settings": SIGNED_IN,
  "/share/[token]": LINK,
  "/login": EVERYONE,
  "/setup": EVERYONE,
  "/invite/[token]": EVERYONE,
  "/reset/[token]": EVERYONE,
  "/[...missing]": [],
};

/** Server actions, by file and name. */
export const ACTIONS: Readonly<Record<string, readonly Who[]>> = {
  "app/(console)/imports/[id]/actions.ts pause": SIGNED_IN,
  "app/(console)/imports/[id]/actions.ts resume": SIGNED_IN,
  "app/(console)/imports/[id]/actions.ts cancel": SIGNED_IN,
  "app/(console)/imports/[id]/actions.ts retry": SIGNED_IN,
  "app/(console)/imports/[id]/actions.ts limitSpeed": SIGNED_IN,
  "app/(console)/imports/[id]/actions.ts wipePasswords": SIGNED_IN,
  "app/(console)/imports/[id]/actions.ts share": SIGNED_IN,
  "app/(console)/imports/[id]/actions.ts revoke": SIGNED_IN,
  "app/(console)/imports/[id]/actions.ts reveal": SIGNED_IN,
  "app/(console)/imports/[id]/actions.ts compareAgain": SIGNED_IN,
  "app/(console)/new/actions.ts createFromDemo": SIGNED_IN,
  "app/(console)/new/actions.ts saveOptions": SIGNED_IN,
  "app/(console)/new/actions.ts start": SIGNED_IN,
  "app/(console)/new/actions.ts testRun": SIGNED_IN,
  "app/(console)/projects/actions.ts saveKey": SIGNED_IN,
  "app/(console)/projects/actions.ts forgetKey": SIGNED_IN,
  "app/(console)/projects/actions.ts connectionStrings": SIGNED_IN,
  "app/(console)/projects/actions.ts branchState": SIGNED_IN,
  "app/(console)/projects/actions.ts setDefault": SIGNED_IN,
  "app/(console)/projects/actions.ts rename": SIGNED_IN,
  "app/(console)/projects/actions.ts remove": SIGNED_IN,
  "app/(console)/projects/actions.ts branchName": SIGNED_IN,
  "app/(console)/settings/actions.ts makeInvitation": OWNER,
  "app/(console)/settings/actions.ts revokeInvitation": OWNER,
  "app/(console)/settings/actions.ts makeResetLink": OWNER,
  "app/(console)/settings/actions.ts remove": OWNER,
  "app/(console)/settings/actions.ts makeApiToken": SIGNED_IN,
  "app/(console)/settings/actions.ts revokeApiToken": SIGNED_IN,
  "app/(console)/settings/actions.ts setPassword": SIGNED_IN,
  "app/_ui/theme-actions.ts setTheme": EVERYONE,
  "app/(door)/actions.ts enter": EVERYONE,
  "app/(door)/actions.ts enterThroughGitHub": EVERYONE,
  "app/(door)/actions.ts setUpOwner": EVERYONE,
  "app/(door)/actions.ts takeInvitation": EVERYONE,
  "app/(door)/actions.ts takeReset": EVERYONE,
  // Last, since these end the sessions that the others try with.
  "app/(door)/actions.ts leave": EVERYONE,
  "app/(door)/actions.ts leaveEverywhere": SIGNED_IN,
};
