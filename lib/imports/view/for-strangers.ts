import type { EndpointView, ImportView } from ".";

const SHORTENED = "•••";

/** The last two labels of a host say whose it is; the first ones say which. An address is left out whole. */
export function shortHost(host: string): string {
  const labels = host.split(".");
  if (labels.length < 3 || /^[\d.]+$|:/.test(host)) return SHORTENED;
  return `${SHORTENED}.${labels.slice(-2).join(".")}`;
}

const strange = (end: EndpointView): EndpointView => ({
  ...end,
  host: shortHost(end.host),
  port: 0,
  user: null,
  neon: end.neon && { ...end.neon, projectId: null, branchId: null },
});

/** Addresses in a server's own words: a host's name may be known to them by its number only. */
const ADDRESS =
  /\b\d{1,3}(?:\.\d{1,3}){3}\b|(?<![\w:])(?:[0-9a-f:]*::[0-9a-f:]+|(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4})(?![\w:])/gi;

/** Short names are looked for as whole words: anywhere, they would blank out other words. */
const SHORT = 3;

function cleaner(ends: EndpointView[]): (text: string) => string {
  const names = ends.flatMap(({ host, user }) => [host, user ?? ""]).filter((name) => name !== "");
  const patterns = names
    .sort((left, right) => right.length - left.length)
    .map((name) => {
      const literal = name.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
      return new RegExp(name.length > SHORT ? literal : `(?<![\\p{L}\\p{N}_])${literal}(?![\\p{L}\\p{N}_])`, "giu");
    });
  return (text) => [...patterns, ADDRESS].reduce((clean, pattern) => clean.replace(pattern, SHORTENED), text);
}

/** Comparisons whose details name rows, and the line of the log that does. */
const NAMES_ROWS = new Set(["rows", "values"]);
const withoutRows = (kind: string, message: string) =>
  kind === "rows.differ" ? message.replace(/ differs: .*$/s, " differs.") : message;

/** Takes out of a view what a link must not tell: hosts, users, and texts in which they may be named. */
export function forStrangers(view: ImportView): ImportView {
  const clean = cleaner([view.source, view.target]);
  const { error, verification } = view;
  return {
    ...view,
    by: null,
    passwordsNeeded: [],
    headline: clean(view.headline),
    source: strange(view.source),
    target: strange(view.target),
    options: { ...view.options, owners: { mode: view.options.owners.mode === "none" ? "none" : "keep" } },
    pause: view.pause && { ...view.pause, atWork: view.pause.atWork.map(clean) },
    events: view.events.map((event) => ({ ...event, message: clean(withoutRows(event.kind, event.message)) })),
    findings: [],
    skipped: view.skipped.map(({ object, reason }) => ({ object: clean(object), reason: clean(reason) })),
    error: error && {
      ...error,
      what: clean(error.what),
      unharmed: clean(error.unharmed),
      remedy: clean(error.remedy),
    },
    verification: {
      ...verification,
      differences: verification.differences.map((difference) => ({
        ...difference,
        subject: clean(difference.subject),
        // Keys of rows are values of the database.
        detail: NAMES_ROWS.has(difference.kind) ? null : difference.detail && clean(difference.detail),
      })),
    },
  };
}
