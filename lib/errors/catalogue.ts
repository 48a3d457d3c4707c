import { accounts } from "./catalogue/accounts";
import { asking } from "./catalogue/asking";
import { connecting } from "./catalogue/connecting";
import { embedded } from "./catalogue/embedded";
import { type CatalogueEntry, told } from "./catalogue/entry";
import { files } from "./catalogue/files";
import { importing } from "./catalogue/importing";
import { neon } from "./catalogue/neon";

export type { CatalogueEntry, Disposition } from "./catalogue/entry";

/** From code to what happens next and what the user reads. Texts never contain a secret. */
export const catalogue = {
  ...connecting,
  ...importing,
  ...neon,
  ...accounts,
  ...asking,
  ...embedded,
  ...files,
  internal: {
    disposition: "wait",
    what: (c) => `Something unexpected happened${c.reason ? `: ${told(c.reason)}` : "."}`,
    remedy: () => "Retry; if it stays, report it with the log of this import.",
  },
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorCode = keyof typeof catalogue;
