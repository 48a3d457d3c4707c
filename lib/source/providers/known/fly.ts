import { provider } from "../provider";

const INTERNAL =
  "This host is of Fly's private network. Run fly mpg proxy (or fly proxy) beside Ferry and give its local address.";

export const fly = provider({
  id: "fly",
  name: "Fly.io",
  asOf: "2026-11-21",
  sources: [
    "https://fly.io/docs/mpg/client-configuration/",
    "https://fly.io/docs/postgres/connecting/connecting-external/",
  ],
  marks: { hosts: /\.(?:flympg\.net|fly\.dev|flycast)$/, roles: ["flypgadmin"] },
  addresses: [
    {
      host: /^pgbouncer\..+\.flympg\.net$/,
      kind: "transaction",
      direct: { host: [/^pgbouncer\./, "direct."] },
      advice: "A host that begins with pgbouncer is Fly's pooler; the same with direct is the server itself.",
    },
    { host: /\.flycast$/, kind: "internal", advice: INTERNAL },
  ],
  roles: ["flypgadmin", "repmgr"],
});
