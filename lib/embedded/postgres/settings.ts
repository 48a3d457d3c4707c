export type ServerSettings = Readonly<Record<string, string | number>>;

/** What every server has: loopback only, no socket file that other users of the machine could find. */
export const COMMON_SETTINGS: ServerSettings = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  password_encryption: "scram-sha-256",
  timezone: "UTC",
  log_timezone: "UTC",
  log_line_prefix: "%m [%p] %q%a ",
};

/** For data that someone cares about: it survives a power cut. */
export const DURABLE_SETTINGS: ServerSettings = {
  fsync: "on",
  synchronous_commit: "on",
  full_page_writes: "on",
  wal_level: "logical",
  max_connections: 200,
  shared_buffers: "128MB",
  max_wal_size: "2GB",
};

/**
 * For servers of tests, which live for one run: a crash of the machine may take them, a crash of the server may not
 * take a commit that was acknowledged (hence no `synchronous_commit = off`).
 */
export const FAST_SETTINGS: ServerSettings = {
  fsync: "off",
  full_page_writes: "off",
  wal_level: "logical",
  max_connections: 200,
  max_wal_senders: 10,
  max_replication_slots: 10,
  shared_buffers: "64MB",
  // They may be in memory, many at a time.
  max_wal_size: "256MB",
};

export function settingArguments(settings: ServerSettings): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}
