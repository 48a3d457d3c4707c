import { provider } from "../provider";

export const xata = provider({
  id: "xata",
  name: "Xata",
  asOf: "2026-11-21",
  sources: ["https://xata.io/sql-support", "https://xata.io/documentation/tutorials/streaming-replication"],
  marks: { hosts: /\.xata\.(?:sh|tech)$/ },
});
