import { provider } from "../provider";

export const planetScale = provider({
  id: "planetscale",
  name: "PlanetScale",
  asOf: "2026-11-21",
  sources: [
    "https://planetscale.com/docs/postgres/connecting/pgbouncer",
    "https://raw.githubusercontent.com/planetscale/database-skills/main/skills/postgres/references/ps-connections.md",
  ],
  marks: { hosts: /\.psdb\.cloud$/ },
  addresses: [
    {
      port: 6432,
      host: /\.psdb\.cloud$/,
      kind: "transaction",
      direct: { port: 5432 },
      advice: "Port 6432 is PlanetScale's PgBouncer; port 5432 of the same host is the server itself.",
    },
  ],
  certificate: "PlanetScale's certificates are signed by a public authority: sslmode=verify-full needs nothing more.",
});
