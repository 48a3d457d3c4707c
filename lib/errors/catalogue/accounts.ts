import type { CatalogueEntry } from "./entry";

/** What lib/accounts refuses. */
export const accounts = {
  "access.signed_out": {
    disposition: "never",
    what: () => "Nobody is signed in here, or the session has ended.",
    remedy: () => "Sign in; a script sends an API token as Authorization: Bearer.",
  },
  "access.refused": {
    disposition: "never",
    what: () => "This account or API token may not do that.",
    remedy: () => "Ask the owner of this Ferry; for a script, make a token with a wider scope.",
  },
  "session.refused": {
    disposition: "never",
    what: () => "E-mail address and password do not belong together.",
    remedy: () => "Try again; if the password is lost, the owner of this Ferry can make a link that sets a new one.",
  },
  "session.github_refused": {
    disposition: "never",
    what: () => "This GitHub account has no access here.",
    remedy: () =>
      "Ask the owner for an invitation to the e-mail address that GitHub has verified; whoever has a password here signs in with it.",
  },
  "set_up.wrong_secret": {
    disposition: "never",
    what: () => "This is not the set-up secret of this Ferry.",
    remedy: () => "Copy it from Ferry's log: it is written there at each start while there is no owner.",
  },
  "set_up.done": {
    disposition: "never",
    what: () => "This Ferry has an owner already.",
    remedy: () => "Sign in, or ask the owner for an invitation.",
  },
  "invite.invalid": {
    disposition: "never",
    what: () => "This link is not valid: it was used, has expired or was revoked.",
    remedy: () => "Ask the owner of this Ferry for a new one.",
  },
  "account.exists": {
    disposition: "never",
    what: (c) => `${c.email} is a member already.`,
    remedy: () => "Whoever has lost the password gets a link for a new one from the list of members.",
  },
  "account.missing": {
    disposition: "never",
    what: () => "There is no such member.",
    remedy: () => "Reload the page to see who is.",
  },
  "account.wrong_password": {
    disposition: "never",
    what: () => "The present password is not this one.",
    remedy: () => "Type it again; if it is lost, the owner of this Ferry can make a link that sets a new one.",
  },
  "token.missing": {
    disposition: "never",
    what: () => "This API token does not exist, or was revoked.",
    remedy: () => "Reload the page to see those that are valid.",
  },
} as const satisfies Record<string, CatalogueEntry>;
