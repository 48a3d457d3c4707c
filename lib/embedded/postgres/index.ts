export { type Guard, guardProcess } from "./guard";
export { copyDataDir, ensureDataDir } from "./initialise";
export { makeFolder, serverPlace } from "./place";
export { freePort, rememberedPort, rememberPort } from "./port";
export { isAlive } from "./postmaster";
export { type RunningServer, type StartOptions, startServer } from "./server";
export { PLATFORM, packageDir, type ServerFiles, serverFiles } from "./server-files";
export { DURABLE_SETTINGS, FAST_SETTINGS, type ServerSettings } from "./settings";
