import { afterAll, beforeAll } from "vitest";
import { type FerryRig, startFerry } from "./ferry-rig";
import { makeScene, type Scene } from "./scene";

/** A whole Ferry, two servers and an import: on a busy machine that takes longer than a hook is given. */
export const START_MS = 240_000;

/** A Ferry and a scene for all tests of a file, which leave the source as it is; they are there when the first begins. */
export function ferryAndScene(sql: string): { ferry: FerryRig; scene: Scene } {
  const ferry = {} as FerryRig;
  const scene = {} as Scene;
  beforeAll(async () => {
    Object.assign(ferry, await startFerry());
    Object.assign(scene, await makeScene(sql));
  }, START_MS);
  afterAll(async () => {
    await scene.close?.();
    await ferry.stop?.();
  });
  return { ferry, scene };
}
