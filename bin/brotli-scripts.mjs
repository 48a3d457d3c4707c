import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";

/** Where Next puts scripts, under the build's folder and in addresses. */
const CHUNKS = "static/chunks";
const source = `/_next/${CHUNKS}/:name.js`;
/** @type {{ type: "header", key: string, value: string }[]} */
const has = [{ type: "header", key: "accept-encoding", value: ".*\\bbr\\b.*" }];

/** `next start` knows gzip only, which is a seventh more than brotli. So each script is kept in both forms. */
export function compressScripts(distDir) {
  const folder = join(distDir, CHUNKS);
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".js"))) {
    writeFileSync(join(folder, name.replace(/\.js$/, ".br")), brotliCompressSync(readFileSync(join(folder, name))));
  }
}

/** A browser that reads brotli is answered with that form, under the script's own address. */
export const brotliRewrite = { source, has, destination: `/_next/${CHUNKS}/:name.br` };
export const brotliHeaders = {
  source,
  has,
  headers: [
    { key: "Content-Encoding", value: "br" },
    { key: "Content-Type", value: "application/javascript; charset=UTF-8" },
    { key: "Vary", value: "Accept-Encoding" },
  ],
};
