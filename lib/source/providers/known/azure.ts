import { provider } from "../provider";

export const azure = provider({
  id: "azure",
  name: "Azure",
  asOf: "2026-11-21",
  sources: ["https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-pgbouncer"],
  marks: {
    hosts: /\.postgres(?:\.database|\.cosmos)\.azure\.(?:com|cn)$|\.postgres\.database\.chinacloudapi\.cn$/,
    roles: ["azure_pg_admin", "azuresu"],
    settings: ["azure."],
  },
  addresses: [
    {
      port: 6432,
      host: /\.azure\.(?:com|cn)$/,
      kind: "transaction",
      direct: { port: 5432 },
      advice: "Port 6432 is the server's built-in PgBouncer; port 5432 of the same host is the server itself.",
    },
  ],
  extensions: [
    ...["azure", "azure_ai", "azure_storage", "pgaadauth", "pg_availability", "pg_failover_slots"],
    ...["azure_local_ai", "pg_diskann"],
  ],
  roles: ["azuresu", "azure_pg_admin", "azure_superuser", "replication"],
  replication: "Set the server parameter wal_level to logical and restart the server, then ALTER ROLE … REPLICATION.",
  certificate: "Azure's certificates are signed by public authorities: sslmode=verify-full needs nothing more.",
  allowList: "The server's page, Settings, Networking, Firewall rules.",
});
