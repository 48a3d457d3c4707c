import { provider } from "../provider";
import { NEON_OWN, NEON_POOLER } from "./neon";

/** Vercel Postgres was Neon under another host name. */
export const vercel = provider({
  id: "vercel",
  name: "Vercel Postgres",
  asOf: "2026-11-21",
  sources: ["https://neon.com/faqs/enable-disable-connection-pooling-neon"],
  marks: { hosts: /\.postgres\.vercel-storage\.com$/ },
  addresses: [NEON_POOLER],
  ...NEON_OWN,
});
