import { CircleDashed, Cloud, Database, FileText, FlaskConical, HardDrive } from "lucide-react";
import type { EndpointView } from "@/lib/imports/view";
import { classes } from "./classes";

const marks = {
  ...{ demo: FlaskConical, file: FileText, local: HardDrive, url: Database, neon: Cloud },
  unchosen: CircleDashed,
} as const;
const kinds = {
  ...{ demo: "Demo database", file: "File", local: "On this machine", url: "Postgres", neon: "Neon" },
  unchosen: "Not chosen yet",
} as const;

/** On a shared page the port is left out with the host's name. */
export function endpointAddress({ host, port }: Pick<EndpointView, "host" | "port">): string {
  if (port === 0) return host;
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}

interface EndpointProps {
  endpoint: EndpointView;
  /** Takes more lines rather than cut a name off. */
  isWhole?: boolean;
}

/** One end of an import on two lines: the database, and where it is. */
export function Endpoint({ endpoint, isWhole = false }: EndpointProps) {
  const line = isWhole ? "break-all" : "truncate";
  const Mark = marks[endpoint.kind];
  const database = endpoint.kind === "unchosen" ? kinds.unchosen : endpoint.database;
  const address = endpoint.neon ? whereIs(endpoint) : endpointAddress(endpoint);
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <span
        title={kinds[endpoint.kind]}
        className="grid size-7 shrink-0 place-items-center rounded-sm border bg-raised"
      >
        <Mark aria-hidden className="size-3.5 text-quiet" />
        <span className="sr-only">{kinds[endpoint.kind]}</span>
      </span>
      <span className="min-w-0">
        <span className={classes("block", line)} title={database}>
          {database}
        </span>
        {address !== "" && (
          <span className={classes("block text-xs text-quiet", line)} title={address}>
            {address}
          </span>
        )}
      </span>
    </span>
  );
}

/** Where it is on Neon is said by names that people know; the host of a branch says nothing. */
function whereIs(endpoint: EndpointView): string {
  const { kind, neon } = endpoint;
  if (neon) return `${neon.project} / ${neon.branch}`;
  if (kind === "url" || kind === "file") return endpointAddress(endpoint);
  return kind === "neon" ? kinds.neon : kinds[kind].toLowerCase();
}

/** The same on one line, for the head of a page. */
export function EndpointLine({ endpoint }: { endpoint: EndpointView }) {
  const { database, version } = endpoint;
  const where = whereIs(endpoint);
  return (
    <span className="inline-flex min-w-0 items-baseline gap-1.5">
      <span className="truncate text-text" title={database}>
        {database}
      </span>
      {/* Where room is short it gives way first. */}
      <span className="shrink-9 truncate" title={endpointAddress(endpoint)}>
        {where}
      </span>
      {version && <span className="whitespace-nowrap max-xl:hidden">Postgres {version.split(" ")[0]}</span>}
    </span>
  );
}
