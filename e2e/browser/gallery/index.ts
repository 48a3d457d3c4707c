import type { Browser } from "@playwright/test";
import { ferryApi } from "../ferry-api";
import type { OwnFerry } from "../own-ferry";
import { ownPostgres } from "../own-postgres";
import { accountsHall } from "./accounts";
import { type Exhibit, type Hall, once, type Stage } from "./exhibit";
import { importsHall } from "./imports";
import { movingHall } from "./moving";
import { projectsHall } from "./projects";
import { wizardHall } from "./wizard";

export interface Gallery {
  exhibits: Exhibit[];
  close(): Promise<void>;
}

/** Every page and state, made by real servers: what is not of one's own is the demo. */
export async function openGallery(ferry: OwnFerry, browser: Browser): Promise<Gallery> {
  const api = await ferryApi(ferry.address);
  const started: (() => Promise<void>)[] = [];
  const own = once(async () => {
    const postgres = await ownPostgres(15);
    started.push(() => postgres.remove());
    return postgres;
  });
  const stage: Stage = { ferry, api, browser, own };
  // Those that move come last: their lanes have the engine's places for as long as they are there.
  const halls: Hall[] = [
    projectsHall(stage),
    wizardHall(stage),
    importsHall(stage),
    accountsHall(stage),
    movingHall(stage),
  ];
  return {
    exhibits: halls.flatMap(({ exhibits }) => exhibits),
    close: async () => {
      await api.close();
      for (const { close } of halls) await close?.();
      for (const stop of started) await stop();
    },
  };
}
