import { type CatalogueEntry, told } from "./entry";

/** What lib/target/neon makes of the answers of Neon. */
export const neon = {
  "neon.no_key": {
    disposition: "wait",
    what: () => "Ferry has no API key for Neon.",
    remedy: () =>
      "Make one in the Neon console, under Account settings, API keys, and give it to Ferry (NEON_API_KEY).",
  },
  "neon.key_refused": {
    disposition: "wait",
    what: () => "Neon refuses the API key: it is wrong, or it was revoked.",
    remedy: () => "Make a new one in the Neon console, under Account settings, API keys, give it to Ferry, then retry.",
  },
  "neon.no_right": {
    disposition: "wait",
    what: (c) => `The API key has no right to ${c.doing}: ${told(c.reason)}`,
    remedy: () => "Use a key of somebody who may change this project or organization, then retry.",
  },
  "neon.organization_needed": {
    disposition: "never",
    what: (c) => `The API key sees several organizations of Neon: ${c.names}.`,
    remedy: () => "Say in which of them the project is to be made, by its id.",
  },
  "neon.project_gone": {
    disposition: "wait",
    what: (c) => `There is no Neon project ${c.project}, or the API key does not see it.`,
    remedy: () => "Check the project's id in the Neon console; if it was deleted, start a new import into another one.",
  },
  "neon.branch_gone": {
    disposition: "wait",
    what: (c) => `The Neon project has no branch ${c.branch} any more.`,
    remedy: () => "Look at the project's branches; if the import's was deleted, start a new import.",
  },
  "neon.branch_limit": {
    disposition: "wait",
    what: (c) => `The project has as many branches as its Neon plan allows${c.limit ? `, ${c.limit}` : ""}.`,
    remedy: () => "Delete a branch that nobody needs, or choose a larger plan, then retry.",
  },
  "neon.project_limit": {
    disposition: "wait",
    what: () => "There are as many projects as the Neon plan allows.",
    remedy: () => "Import into a project that is there, delete one that nobody needs, or choose a larger plan.",
  },
  "neon.plan_limit": {
    disposition: "wait",
    what: (c) => `The Neon plan does not allow to ${c.doing}: ${told(c.reason)}`,
    remedy: () => "Make room in the project or choose a larger plan, then retry.",
  },
  "neon.region_unknown": {
    disposition: "never",
    what: (c) => `Neon has no region ${c.region}${c.known ? `; it has ${c.known}` : ""}.`,
    remedy: () => "Choose one of Neon's regions, such as aws-eu-central-1.",
  },
  "neon.version_unknown": {
    disposition: "never",
    what: (c) => `Neon does not offer Postgres ${c.version}.`,
    remedy: (c) => `Choose one that it has${c.known ? ` (${c.known})` : ""}, not older than the source.`,
  },
  "neon.operation_failed": {
    disposition: "wait",
    what: (c) => `Neon could not finish "${c.action}": ${told(c.reason)}`,
    remedy: () => "Retry: what was left half-made is made anew. If it stays, see status.neon.tech.",
  },
  "neon.operation_slow": {
    disposition: "retry",
    what: (c) => `Neon has been at "${c.action}" for ${c.seconds} seconds and is not done.`,
    remedy: () => "Ferry looks again for a while; if it never ends, see status.neon.tech, then retry.",
  },
  "neon.locked": {
    disposition: "retry",
    what: (c) => `Neon is busy with this project and did not ${c.doing} in ${c.seconds} seconds.`,
    remedy: () => "Ferry tries again by itself; see what else is being done in the project.",
  },
  "neon.rate_limited": {
    disposition: "retry",
    what: (c) => `Neon takes no more requests from this account for now${c.seconds ? ` (${c.seconds} seconds)` : ""}.`,
    remedy: () => "Ferry tries again by itself; pause whatever else uses the account's API.",
  },
  "neon.unavailable": {
    disposition: "retry",
    what: (c) => `Neon's API gave no useful answer when asked to ${c.doing}: ${told(c.reason)}`,
    remedy: () => "Ferry tries again by itself; if it stays, see status.neon.tech.",
  },
  "neon.refused": {
    disposition: "wait",
    what: (c) => `Neon refused to ${c.doing}: ${told(c.reason)}`,
    remedy: () => "Put right what Neon names, then retry.",
  },
  "neon.answer_unreadable": {
    disposition: "wait",
    what: (c) => `Neon's answer to "${c.doing}" is not of the form that Ferry knows: ${told(c.reason)}`,
    remedy: () => "Retry; if it stays, Neon has changed its API and Ferry has to be brought up to date.",
  },
  "neon.compute_not_started": {
    disposition: "retry",
    what: (c) => `The compute of the new branch did not take a connection: ${told(c.reason)}`,
    remedy: () => "Ferry tries again by itself; if it stays, look at the branch's compute in the Neon console.",
  },
  "neon.branch_kept": {
    disposition: "never",
    what: (c) => `Branch ${c.branch} cannot be deleted: ${told(c.reason)}`,
    remedy: () => "Make another branch the default one, or delete the branches made from it, then try again.",
  },
  "neon.name_mismatch": {
    disposition: "never",
    what: (c) => `What was typed is not the name of the branch, ${c.branch}.`,
    remedy: () => "Type the name of the branch as it stands there, to be sure that it is the right one.",
  },
} as const satisfies Record<string, CatalogueEntry>;
