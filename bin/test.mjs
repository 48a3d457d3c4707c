// What `npm test` runs. As in start.mjs, nothing is imported before the version is known.
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 9)) {
  console.error(`Ferry needs Node 20.9 or newer, and this is Node ${process.versions.node}. See https://nodejs.org.`);
  process.exit(1);
}

import("./test-parts.mjs").then(({ testAll }) => testAll());
