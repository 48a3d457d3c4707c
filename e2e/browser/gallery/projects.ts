import type { Page } from "@playwright/test";
import { type Hall, once, press, type Stage } from "./exhibit";

const MADE_MS = 60_000;

/** Neon projects, and imports into them. */
export function projectsHall({ api, own }: Stage): Hall {
  const project = { name: "library", regionId: "aws-eu-central-1", pgVersion: 17 };
  const into = async (place: object) => {
    const { url } = await own();
    const id = await api.start({ sourceText: url, target: { kind: "neon", project: place } });
    return api.until(id, ({ status }) => status === "succeeded");
  };
  /** Two imports into one project, each a branch. */
  const imported = once(async () => {
    const first = await into(project);
    const { projectId } = first.target.neon ?? {};
    if (!projectId) throw new Error("the import has made no project");
    const second = await into({ id: projectId });
    return { projectId, id: second.id, branch: second.target.neon?.branch ?? "" };
  });
  const draft = once(async () => {
    const [{ url }, { projectId }] = await Promise.all([own(), imported()]);
    return api.create({ sourceText: url, target: { kind: "neon", project: { id: projectId } } });
  });
  const projectPath = async () => `/projects/${(await imported()).projectId}`;
  const importPath = async () => `/imports/${(await imported()).id}`;

  const copied = async (page: Page) => {
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await press("Copy connection string")(page);
    await page.getByText("Copied", { exact: true }).waitFor();
  };
  const menu = async (page: Page) => {
    await page.getByRole("button", { name: "More for main" }).click();
    await page.getByRole("menuitem", { name: "Rename" }).waitFor();
  };
  const renaming = async (page: Page) => {
    await menu(page);
    await page.getByRole("menuitem", { name: "Rename" }).click();
    await page.getByRole("dialog").waitFor();
  };
  const deleting = async (page: Page) => {
    const { branch } = await imported();
    const row = page.getByRole("listitem").filter({ hasText: branch });
    await row.getByRole("button", { name: `More for ${branch}` }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await page.getByRole("textbox", { name: `Type ${branch} to confirm` }).fill(branch);
  };
  const steps = async (page: Page) => {
    const next = page.getByRole("region", { name: "Next steps" });
    await next.getByRole("checkbox", { name: "Run a query: done" }).check();
    await next.getByRole("button", { name: "Show" }).click();
    await next.getByRole("button", { name: "Hide" }).waitFor();
  };
  const testRun = async (page: Page) => {
    await press("Test run")(page);
    await page
      .getByText(/^The test run took/)
      .first()
      .waitFor({ timeout: MADE_MS });
  };

  return {
    exhibits: [
      { name: "projects-none", path: "/projects" },
      {
        name: "projects",
        path: async () => {
          await imported();
          return "/projects";
        },
      },
      { name: "project", path: projectPath },
      { name: "project-menu", path: projectPath, before: menu },
      { name: "project-copied", path: projectPath, before: copied },
      { name: "project-renaming", path: projectPath, before: renaming },
      { name: "project-deleting", path: projectPath, before: deleting },
      { name: "import-neon", path: importPath, before: steps },
      { name: "new-review-neon", path: async () => `/new?step=review&import=${await draft()}` },
      { name: "import-test-run", path: async () => `/new?step=review&import=${await draft()}`, before: testRun },
    ],
  };
}
