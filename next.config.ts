import type { NextConfig } from "next";
import { brotliHeaders, brotliRewrite, compressScripts } from "./bin/brotli-scripts.mjs";
import { MOST_BODY_BYTES, MOST_ENGINE_BYTES } from "./lib/requests/rules";

/** Answers a browser's question of what this site allows others to do with it. What a page may run is in proxy.ts. */
const headers = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), geolocation=(), microphone=(), payment=(), usb=()" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
];

/** A link to a shared import is a secret: it is passed on to nobody. */
const sharedHeaders = [
  { key: "Referrer-Policy", value: "no-referrer" },
  { key: "X-Robots-Tag", value: "noindex, nofollow" },
];

/** pg_dump runs in a worker that no bundler sees, so nothing traces what it reads. */
const dumpFiles = [
  "lib/schema/dump/worker.mjs",
  "node_modules/@electric-sql/pglite-tools/package.json",
  "node_modules/@electric-sql/pglite-tools/dist/*.js",
  "node_modules/@electric-sql/pglite-tools/dist/pg_dump.wasm",
];

/** Steps of an import, and previews of what it will leave out. */
const dumpingRoutes = ["/api/inngest", "/api/imports/*/preview", "/new"];

/** Platforms compress by themselves, and in development there is nothing yet that could be compressed. */
const ownBrotli = process.env.NODE_ENV === "production" && !process.env.VERCEL;

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // These reach for files beside themselves or open sockets: they stay ordinary node_modules.
  serverExternalPackages: ["pg", "@electric-sql/pglite-tools", "ws"],
  outputFileTracingIncludes: Object.fromEntries(dumpingRoutes.map((route) => [route, dumpFiles])),
  // Ferry shows no photographs: nobody shall have it scale any.
  images: { unoptimized: true },
  experimental: {
    // What a route is given is what the proxy has let through, as lib/requests/rules.ts says; more would be cut off.
    proxyClientMaxBodySize: MOST_ENGINE_BYTES,
    serverActions: { bodySizeLimit: MOST_BODY_BYTES },
  },
  // In development Next would write what a server action was called with: connection strings.
  logging: { serverFunctions: false },
  compiler: ownBrotli ? { runAfterProductionCompile: async ({ distDir }) => compressScripts(distDir) } : undefined,
  rewrites: async () => ({ beforeFiles: ownBrotli ? [brotliRewrite] : [], afterFiles: [], fallback: [] }),
  headers: async () => [
    { source: "/:path*", headers },
    { source: "/share/:path*", headers: sharedHeaders },
    { source: "/api/share/:path*", headers: sharedHeaders },
    ...(ownBrotli ? [brotliHeaders] : []),
  ],
};

export default config;
