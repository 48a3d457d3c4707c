import type { Page } from "@playwright/test";
import type { ImportStatus } from "@/lib/imports/status";
import { parseConnectionString } from "@/lib/source/connection-string";
import { DEMO } from "../ferry-api";
import { arrival, asSuperuser, withNotes } from "./arrival";
import { chart, type Hall, once, opened, press, type Stage } from "./exhibit";

/** Imports that have ended, in every way in which one can. */
export function importsHall({ api, own }: Stage): Hall {
  const startAnd = async (input: Record<string, unknown>, status: ImportStatus) => {
    const id = await api.start(input);
    await api.until(id, (view) => view.status === status);
    return id;
  };
  const succeeded = once(() => startAnd(DEMO, "succeeded"));
  const failing = async () => startAnd(await arrival(await own(), "revoke usage on type date from public"), "failed");
  const failed = once(failing);
  const forgotten = once(failing);
  const differences = once(async () => {
    const postgres = await own();
    // On the target each shelf has the same number, so this index cannot be made there.
    const { database } = parseConnectionString(postgres.url);
    await asSuperuser(
      postgres,
      database,
      `create function shelf_of(id int) returns int language sql immutable as
         $$ select case when current_database() like 'arrival%' then 0 else id end $$;
       create unique index one_per_shelf on books (shelf_of(id))`,
    );
    const id = await startAnd(await arrival(postgres, "select"), "differences");
    await asSuperuser(postgres, database, "drop index one_per_shelf; drop function shelf_of");
    return id;
  });
  const noted = once(async () => startAnd(await withNotes(await own()), "succeeded"));
  const of = (id: () => Promise<string>) => async () => `/imports/${await id()}`;

  const report = async (page: Page) => {
    await page.getByText("What was compared, and how").click();
    await page.getByRole("table", { name: "Compared tables" }).waitFor();
  };
  const shared = async (page: Page) => {
    await opened("Share")(page);
    await press("Create link")(page);
    await page.getByRole("textbox", { name: "Link to share" }).waitFor();
  };
  const give = async (page: Page) => {
    await opened("Forget passwords")(page);
    await press("Forget them")(page);
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await opened("Retry with the passwords")(page);
  };

  return {
    exhibits: [
      { name: "import-succeeded", path: of(succeeded), before: chart },
      { name: "import-report", path: of(succeeded), before: report },
      { name: "import-sharing", path: of(succeeded), before: opened("Share") },
      { name: "import-shared", path: of(succeeded), before: shared },
      { name: "import-verifying-again", path: of(succeeded), before: opened("Verify again") },
      { name: "share-succeeded", path: async () => api.share(await succeeded()), before: chart },
      { name: "import-notes", path: of(noted), before: chart },
      { name: "import-failed", path: of(failed) },
      { name: "import-retrying-all", path: of(failed), before: opened("Retry all") },
      { name: "import-giving", path: of(forgotten), before: give },
      { name: "import-differences", path: of(differences) },
      {
        name: "runs",
        path: async () => {
          await succeeded();
          return "/runs";
        },
      },
      {
        name: "run",
        path: "/runs",
        before: (page) => page.getByRole("link", { name: "ferry-run-import" }).last().click(),
      },
      { name: "nothing-here", path: "/nowhere" },
    ],
  };
}
