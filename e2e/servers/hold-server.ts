import { launch } from "./launch";
import { VERSIONS } from "./versions";

/** For tests that kill a server's owner: starts a server, prints its process and port, and holds it. */
const [, , dataDir = "", major] = process.argv;
const version = VERSIONS.find((known) => String(known) === major);
if (!version) throw new Error(`unknown version ${major}`);
const { pid, port, adopted } = await launch(version, dataDir);
process.stdout.write(`${JSON.stringify({ pid, port, adopted })}\n`);
setInterval(() => {}, 1_000);
