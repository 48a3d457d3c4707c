import { type CatalogueEntry, told } from "./entry";

/** What a request to Ferry itself may be told. */
export const asking = {
  "import.missing": {
    disposition: "never",
    what: () => "This import does not exist.",
    remedy: () => "Check the address, or open the list of imports.",
  },
  "import.wrong_state": {
    disposition: "never",
    what: (c) => `This import is ${c.status}; it cannot be ${c.verb}.`,
    remedy: () => "Reload the page to see its present state.",
  },
  "import.no_target": {
    disposition: "never",
    what: () => "This import has no target yet.",
    remedy: () => "Choose where it is to land, then start it.",
  },
  "import.all_read": {
    disposition: "never",
    what: () => "All rows of this import have been read and compared already; they are not read again.",
    remedy: () => "Retry what failed; or start a new import into an empty target to read everything again.",
  },
  "share.invalid": {
    disposition: "never",
    what: () => "This share link is not valid, has expired or was revoked.",
    remedy: () => "Ask the person who sent it for a new one.",
  },
  "credentials.wiped": {
    disposition: "wait",
    what: (c) =>
      `Ferry has forgotten the password of the ${c.side ?? "import"}: it keeps passwords until 24 hours after an import has ended.`,
    remedy: () =>
      "To retry, give its connection string again: on the import's page, or to ferry retry with --source and --target. For a finished database, take its password from its provider.",
  },
  "credentials.other_database": {
    disposition: "wait",
    what: (c) =>
      `This does not lead to the ${c.side} that this import began with: ${c.user} on ${c.database} at ${c.host}:${c.port}.`,
    remedy: () =>
      "Give the connection string of that database, for the same user; for another one, or where another server has taken its place, start a new import.",
  },
  "engine.unsigned": {
    disposition: "never",
    what: (c) => `The step engine's calls would not be signed: ${told(c.reason)}`,
    remedy: () =>
      "Set INNGEST_SIGNING_KEY and leave INNGEST_DEV out; unsigned is for a Ferry on a loopback address only.",
  },
  "input.invalid": {
    disposition: "never",
    what: (c) => `The request cannot be read: ${told(c.reason)}`,
    remedy: () => "Correct it and send it again.",
  },
  "input.foreign_origin": {
    disposition: "never",
    what: () => "This request comes from the page of another site.",
    remedy: () => "Open Ferry's own page and try it there.",
  },
  "request.too_many": {
    disposition: "retry",
    what: () => "There were too many requests from this address or user.",
    remedy: (c) => `Try again in ${c.seconds} seconds.`,
  },
  "request.too_large": {
    disposition: "never",
    what: (c) => `The request is larger than the ${c.kilobytes} kB that are read here.`,
    remedy: () => "Send less.",
  },
  "request.no_length": {
    disposition: "never",
    what: () => "The request does not say how long it is.",
    remedy: () => "Send it with Content-Length, in one piece.",
  },
  "request.repeated": {
    disposition: "retry",
    what: (c) =>
      c.isOther
        ? "This Idempotency-Key was used for another request."
        : "The same request, by its Idempotency-Key, is being worked on.",
    remedy: (c) => (c.isOther ? "Use a new key for a new request." : "Wait a moment, then send it again."),
  },
} as const satisfies Record<string, CatalogueEntry>;
