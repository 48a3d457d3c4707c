import { type ErrorContext, FerryError } from "@/lib/errors/ferry-error";

/** What a connection is made of, by libpq's names but for the database. */
export type Key =
  | "host"
  | "hostaddr"
  | "port"
  | "database"
  | "user"
  | "password"
  | "sslmode"
  | "strict"
  | "sslrootcert"
  | "sslcert"
  | "sslkey"
  | "sslpassword"
  | "sslnegotiation"
  | "ssl_min_protocol_version"
  | "ssl_max_protocol_version"
  | "channel_binding"
  | "target_session_attrs"
  | "options"
  | "connect_timeout";

/** Characters of the pasted text, from the first to before the last. */
export interface Place {
  from: number;
  to: number;
}

export interface Part {
  value: string;
  place: Place | null;
}

/** A parameter that is not used, and why. Never a value: that may be a secret. */
export interface Note {
  name: string;
  reason: string;
}

/** What a pasted text says of a connection, before it is known to be enough. */
export interface Parts {
  known: Partial<Record<Key, Part>>;
  notes: Note[];
}

export const noParts = (): Parts => ({ known: {}, notes: [] });

/** Reasons are fixed texts or names of parts: what was pasted may hold a password and is never repeated. */
export function invalid(reason: string, part?: Key, place?: Place | null): FerryError {
  const context: ErrorContext = { reason };
  if (part) context.part = part;
  if (place) Object.assign(context, { from: place.from, to: place.to });
  return new FerryError("connection_string.invalid", context);
}

export const placed = (place: Place, by: number): Place => ({ from: place.from + by, to: place.to + by });

/** Takes over what is missing, such as the password that stands in front of a `psql postgres://…`. */
export function complete(parts: Parts, more: Parts | null): Parts {
  if (!more) return parts;
  const otherHost = more.known.host && more.known.host.value !== parts.known.host?.value;
  return { known: otherHost ? parts.known : { ...more.known, ...parts.known }, notes: [...parts.notes, ...more.notes] };
}
