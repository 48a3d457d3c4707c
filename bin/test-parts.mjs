import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, isBuilt } from "./build.mjs";
import { ensureChromium } from "./chromium.mjs";
import { ensureDependencies } from "./install.mjs";
import { isInterrupted, projectDir, run, secondsSince } from "./run.mjs";
import {
  addCounts,
  countOne,
  countPlaywright,
  countSecondTry,
  countVitest,
  failuresByFile,
  mayTryAgain,
  noCounts,
  summary,
} from "./test-counts.mjs";

/** What the user's own Ferry may be set to: tests bring their own databases and engine. */
const NOT_FOR_TESTS = /^(DATABASE_URL|INNGEST_.*|FERRY_(?!CHROMIUM$).*|PORT)$/;

const bin = (name) => join(projectDir, "node_modules", ".bin", name);

/** Runs every part, also after one that failed, and closes with one line that counts single tests. */
export async function testAll() {
  process.chdir(projectDir);
  for (const name of Object.keys(process.env)) if (NOT_FOR_TESTS.test(name)) delete process.env[name];
  const reports = mkdtempSync(join(tmpdir(), "ferry-test-"));
  let counts = noCounts();
  try {
    counts = await runParts(reports);
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
  console.log(summary(counts));
  process.exit(counts.failed === 0 && counts.passed > 0 && !isInterrupted() ? 0 : 1);
}

async function runParts(reports) {
  const installed =
    (await ensureDependencies(projectDir, "the packages Ferry is made of")) &&
    (await ensureDependencies(join(projectDir, "e2e", "servers"), "Postgres servers of all versions"));
  if (!installed) return countOne(1);
  const browser = await ensureChromium();

  let counts = noCounts();
  for (const [name, part] of Object.entries(parts(reports, browser))) {
    if (isInterrupted()) break;
    process.stdout.write(`${name.padEnd(12)} `);
    const start = performance.now();
    const { output, counts: found, note, told } = await part();
    console.log(`${note ?? summary(found)}, ${secondsSince(start)}`);
    if (found.failed || told) console.log(`\n${output.trimEnd()}\n`);
    if (told) console.log(`${told}\n`);
    counts = addCounts(counts, found);
  }
  return counts;
}

/** In the order in which a mistake shows soonest. */
function parts(reports, browser) {
  return {
    lint: () => one(bin("biome"), ["check", "--error-on-warnings", "."]),
    types: async () => {
      const generated = await run(bin("next"), ["typegen"], { env: { NEXT_TELEMETRY_DISABLED: "1" } });
      return generated.code === 0 ? one(bin("tsc"), ["--noEmit"]) : counted(generated);
    },
    unit: () => vitest("unit", reports),
    integration: () => integration(reports),
    build: async () =>
      isBuilt(projectDir)
        ? { ...counted({ code: 0, output: "" }), note: "up to date" }
        : counted(await build(projectDir)),
    browser: () => playwright(browser, reports, "browser"),
    measures: () => playwright(browser, reports, "measures", ["--config", "e2e/measures"]),
  };
}

const counted = ({ code, output }) => ({ output, counts: countOne(code) });

async function one(command, args) {
  return counted(await run(command, args));
}

async function vitest(project, reports, files = []) {
  const file = join(reports, `${project}${files.length}.json`);
  const { code, output } = await run(bin("vitest"), [
    ...["run", "--project", project, ...files],
    ...["--reporter=default", "--reporter=json", `--outputFile.json=${file}`],
  ]);
  const report = readReport(file);
  return { output, code, report, counts: countVitest(report, code) };
}

/** What fails among a few tests is tried once more, and named whatever comes of it. */
async function integration(reports) {
  const first = await vitest("integration", reports);
  if (isInterrupted() || !mayTryAgain(first.report)) return first;
  const files = failuresByFile(first.report).map(({ file }) => file);
  const second = await vitest("integration", reports, files);
  const { counts, secondTries } = countSecondTry(first.report, second.report, second.code);
  const named = secondTries.map((test) => `Passed at a second try only: ${test}`).join("\n");
  return { output: `${first.output}\n${second.output}`, counts, told: secondTries.length > 0 ? named : undefined };
}

async function playwright(browser, reports, name, more = []) {
  if (!browser) return counted({ code: 1, output: "There is no Chromium." });
  const file = join(reports, `${name}.json`);
  const { code, output } = await run(bin("playwright"), ["test", ...more], {
    env: { FERRY_CHROMIUM: browser, PLAYWRIGHT_JSON_OUTPUT_FILE: file },
  });
  const report = readReport(file);
  const flaky = report?.stats.flaky ?? 0;
  const told = flaky > 0 ? `Browser tests that passed at a second try only: ${flaky}` : undefined;
  return { output, counts: countPlaywright(report, code), told };
}

function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null;
}
