// What `npm start` and `npm run dev` run. Nothing is imported before the version is known, so that an old Node
// reads this file and says what is wrong.
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 9)) {
  console.error(`Ferry needs Node 20.9 or newer, and this is Node ${process.versions.node}. See https://nodejs.org.`);
  process.exit(1);
}

import("./start-steps.mjs").then(({ start }) => start({ dev: process.argv.includes("--dev") }));
