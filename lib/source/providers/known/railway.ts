import { provider } from "../provider";

export const railway = provider({
  id: "railway",
  name: "Railway",
  asOf: "2026-11-21",
  sources: ["https://docs.railway.com/private-networking.md", "https://alchemy.run/providers/railway/postgres"],
  marks: { hosts: /\.(?:rlwy\.net|railway\.app|railway\.internal)$/ },
  addresses: [
    {
      host: /\.railway\.internal$/,
      kind: "internal",
      advice: "This is Railway's private host. Use DATABASE_PUBLIC_URL, which goes through the service's TCP proxy.",
    },
  ],
  replication: "ALTER SYSTEM SET wal_level = logical, then restart the service.",
  certificate: "Railway's image signs its own certificates: use sslmode=require.",
});
