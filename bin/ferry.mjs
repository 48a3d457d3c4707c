// The command line: `npm run -s ferry -- import …`. Nothing is imported before the version is known.
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 9)) {
  console.error(`Ferry needs Node 20.9 or newer, and this is Node ${process.versions.node}. See https://nodejs.org.`);
  process.exit(1);
}

const { ensureDependencies } = await import("./install.mjs");
const { projectDir } = await import("./run.mjs");
process.chdir(projectDir);
if (!(await ensureDependencies(projectDir, "the packages Ferry is made of"))) process.exit(1);
const { loadProgram } = await import("./bundle.mjs");
const { main } = await loadProgram(projectDir, "ferry", process.argv[2]);
process.exit(await main(process.argv.slice(2)));
