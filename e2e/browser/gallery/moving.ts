import { startProxy, type TcpProxy } from "@/e2e/servers/tcp-proxy";
import { parseConnectionString } from "@/lib/source/connection-string";
import { DEMO } from "../ferry-api";
import { emptyDatabase } from "../own-postgres";
import { chart, type Hall, once, opened, type Stage, untilDialog } from "./exhibit";

const SLOW = { ...DEMO, options: { lanes: 1, maxMegabytesPerSecond: 0.2 } };

/** Imports that are at work or stand still, and the list of all. */
export function movingHall({ api, own }: Stage): Hall {
  let line: TcpProxy | undefined;
  const startSlow = async () => {
    const id = await api.start(SLOW);
    await api.until(id, ({ progress }) => progress.rowsDone > 0);
    return id;
  };
  const paused = once(async () => {
    const id = await startSlow();
    await api.post(`/api/imports/${id}/pause`);
    await api.until(id, ({ status }) => status === "paused");
    return id;
  });
  const cancelled = once(async () => {
    const id = await startSlow();
    await api.post(`/api/imports/${id}/cancel`, { discard: true });
    return id;
  });
  /** Its source is heard of no more once it is to begin. */
  const starting = once(async () => {
    const postgres = await own();
    const { host, port } = parseConnectionString(postgres.url);
    line = await startProxy({ to: { host, port } });
    const sourceText = postgres.url.replace(`:${port}/`, `:${line.port}/`);
    const id = await api.create({ sourceText, target: { kind: "url", text: await emptyDatabase(postgres) } });
    line.blackHole = true;
    await api.post(`/api/imports/${id}/start`);
    return id;
  });
  const running = once(startSlow);
  const of = (id: () => Promise<string>) => async () => `/imports/${await id()}`;

  return {
    exhibits: [
      { name: "import-starting", path: of(starting) },
      { name: "import-cancelled", path: of(cancelled) },
      { name: "import-paused", path: of(paused) },
      { name: "import-running", path: of(running), before: chart },
      { name: "import-pausing", path: of(running), before: opened("Pause") },
      { name: "import-cancelling", path: of(running), before: opened("Cancel import") },
      {
        name: "import-offline",
        path: of(running),
        before: async (page) => {
          await chart(page);
          await page.getByText("Live", { exact: true }).waitFor();
          await page.context().setOffline(true);
          await page.getByText("Offline", { exact: true }).waitFor();
        },
        after: (page) => page.context().setOffline(false),
      },
      { name: "share-running", path: async () => api.share(await running()), before: chart },
      {
        name: "imports",
        path: async () => {
          await Promise.all([running(), paused()]);
          return "/";
        },
      },
      { name: "shortcuts", path: "/", before: untilDialog((page) => page.keyboard.press("?")) },
    ],
    close: async () => line?.close(),
  };
}
