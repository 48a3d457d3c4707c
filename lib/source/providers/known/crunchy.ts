import { provider } from "../provider";

export const crunchy = provider({
  id: "crunchy",
  name: "Crunchy Bridge",
  asOf: "2026-11-21",
  sources: ["https://docs.crunchybridge.com/how-to/pgbouncer", "https://docs.crunchybridge.com/how-to/firewall-rules"],
  marks: { hosts: /\.postgresbridge\.com$/, schemas: ["crunchy_monitor"], settings: ["crunchy."] },
  addresses: [
    {
      port: 5431,
      host: /\.postgresbridge\.com$/,
      kind: "transaction",
      direct: { port: 5432 },
      advice: "Port 5431 is the cluster's PgBouncer; port 5432 of the same host is the server itself.",
    },
  ],
  schemas: ["crunchy_monitor"],
  extensions: ["crunchy_pooler", "pgpodman"],
  roles: ["crunchy_monitoring", "crunchy_replication", "crunchy_superuser", "ccp_monitoring"],
  replication:
    "It is on already, with wal_level = logical; connect as postgres, or ALTER ROLE … REPLICATION as postgres.",
  allowList: "The cluster's dashboard, Networking, Firewall rules.",
});
