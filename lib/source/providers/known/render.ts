import { provider } from "../provider";

export const render = provider({
  id: "render",
  name: "Render",
  asOf: "2026-11-21",
  sources: [
    "https://render.com/docs/postgresql-creating-connecting",
    "https://github.com/powersync-ja/powersync-docs/pull/270",
  ],
  marks: { hosts: /-postgres\.render\.com$|^dpg-[a-z0-9]+-[a-z]$/ },
  addresses: [
    {
      host: /^dpg-[a-z0-9]+-[a-z]$/,
      kind: "internal",
      advice: "This is Render's internal host. Use the External Database URL from the database's page on Render.",
    },
  ],
  replication: "Ask Render's support: it needs a disk of 10 GB or more and a Professional workspace.",
  allowList: "The database's page on Render, Networking, Access Control.",
});
