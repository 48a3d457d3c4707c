import { provider } from "../provider";

export const heroku = provider({
  id: "heroku",
  name: "Heroku",
  asOf: "2026-11-21",
  sources: [
    "https://help.heroku.com/ZOFBHJCJ/heroku-postgres-extension-schema-restrictions",
    "https://devcenter.heroku.com/changelog-items/2646",
    "https://github.com/heroku/roadmap/issues/38",
  ],
  // Its hosts are plain EC2 and Aurora names.
  marks: { schemas: ["heroku_ext", "_heroku"] },
  schemas: ["_heroku"],
  eventTriggers: ["extension_before_drop", "log_create_ext", "log_drop_ext", "validate_extension"],
  movedSchemas: { heroku_ext: "public" },
  replication: "Heroku does not offer logical replication to its customers: copy once, with the application stopped.",
  certificate: "Heroku's servers show self-signed certificates: use sslmode=require.",
});
