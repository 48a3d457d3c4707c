import { Inngest } from "inngest";

export const APP_ID = "ferry";

/** Reads INNGEST_BASE_URL, INNGEST_EVENT_KEY and INNGEST_SIGNING_KEY: the cloud, a self-hosted engine, or the embedded one. */
export const engine = new Inngest({ id: APP_ID });
