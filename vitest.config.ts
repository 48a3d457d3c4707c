import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./e2e/longest-first";

const alias = { "@": fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "") };
const setupFiles = ["e2e/fast-check-seed.ts"];
// Tests have their servers on this machine, which a hosted Ferry does not connect to.
const env = { FERRY_MODE: "embedded" };
const exclude = ["node_modules/**", ".next/**", ".ferry/**"];

/**
 * unit: beside the code, no I/O, milliseconds. Files share what they load: loading it for each would take longer than
 * all tests. What a test changes of a module or of the environment it puts back.
 * integration: `*.integration.test.ts`, real Postgres servers, three files at a time: they often wait.
 */
export default defineConfig({
  resolve: { alias },
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          include: ["**/*.test.ts"],
          exclude: [...exclude, "**/*.integration.test.ts"],
          setupFiles,
          env,
          isolate: false,
          maxWorkers: 2,
          // Properties count a hundred runs, and machines differ.
          testTimeout: 30_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "integration",
          include: ["**/*.integration.test.ts"],
          exclude,
          setupFiles,
          env,
          globalSetup: ["e2e/servers/global-setup.ts"],
          maxWorkers: 3,
          // Asked for both, Vitest wants to know which is first.
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
