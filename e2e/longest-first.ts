import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * In the order in which they take longest. Vitest goes by how long files took the last time; a fresh clone knows none,
 * and takes large files for long ones. A long file that begins last is waited for by itself.
 */
const LONGEST = [
  "e2e/imports/mid-copy-faults",
  "e2e/cli/commands",
  "e2e/imports/large-objects",
  "e2e/imports/lost-sessions",
  "lib/schema/regression",
  "e2e/imports/schema-faults",
  "e2e/imports/refusals",
  "e2e/faults/grid/grid",
  "e2e/target/neon-import",
  "e2e/imports/verbs",
  "e2e/imports/halving",
  "e2e/faults/faults",
  "lib/embedded/demo/seed",
  "e2e/imports/choices",
  "e2e/imports/pause",
];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const index = LONGEST.findIndex((name) => moduleId.endsWith(`/${name}.integration.test.ts`));
      return index < 0 ? LONGEST.length : index;
    };
    // Sorting is stable: the others stay as Vitest has them.
    return (await super.sort(files)).sort((left, right) => place(left) - place(right));
  }
}
