import { type CatalogueEntry, told } from "./entry";

const atLine = (line: unknown) => (line === null || line === undefined ? "" : ` at line ${line}`);

/** What may be wrong with a file that somebody brings. Nothing of it is in a target before an import of it has begun. */
export const files = {
  "file.not_here": {
    disposition: "never",
    what: () => "This Ferry takes no files: they are imported by a Ferry that runs on your own machine.",
    remedy: () => "Start one with npm start, or load the file into a Postgres and import that.",
  },
  "file.missing": {
    disposition: "never",
    what: () => "This file is not here any more.",
    remedy: () => "Bring it again. Files are kept for a day after their import, and for a week without one.",
  },
  "file.not_ready": {
    disposition: "never",
    what: () => "This file has not been read to its end.",
    remedy: () => "Wait until it has been, then go on.",
  },
  "file.not_whole": {
    disposition: "never",
    what: () => "This file has not arrived whole.",
    remedy: () => "Choose it again: what has arrived is not sent again.",
  },
  "file.in_use": {
    disposition: "never",
    what: (c) => `An import is at work on this file; it cannot be ${c.verb}.`,
    remedy: () => "Wait for its end, or cancel it.",
  },
  "file.unknown_kind": {
    disposition: "never",
    what: (c) => `This file cannot be imported. ${told(c.reason)}`,
    remedy: () => "Bring a plain SQL dump (pg_dump without --format), or a CSV file.",
  },
  "file.truncated": {
    disposition: "never",
    what: (c) =>
      `The file breaks off: ${c.line === null ? "the end of the dump is missing" : `what begins at line ${c.line} has no end`}.`,
    remedy: () => "Make the dump or the file again, and look whether its disk was full; then bring it anew.",
  },
  "file.broken_line": {
    disposition: "never",
    what: (c) => `The file cannot be read${atLine(c.line)}: ${told(c.reason)}`,
    remedy: () =>
      "Correct that line, or say how the file is written if that was not recognised, and have it read again.",
  },
  "file.not_utf8": {
    disposition: "never",
    what: (c) => `The dump is not in UTF-8${atLine(c.line)}.`,
    remedy: () => "Make it again with pg_dump --encoding=UTF8.",
  },
  "file.other_encoding": {
    disposition: "never",
    what: (c) => `The dump is written in ${c.encoding}, as it says${atLine(c.line)}.`,
    remedy: () => "Make it again with pg_dump --encoding=UTF8.",
  },
  "file.statement_failed": {
    disposition: "never",
    what: (c) => `The statement${atLine(c.line)} was refused (${c.statement}): ${told(c.reason)}`,
    remedy: () =>
      "If it needs an extension that this machine's Postgres does not have, load the dump into a server that has it and import that; otherwise correct the dump.",
  },
  "file.statement_too_long": {
    disposition: "never",
    what: (c) => `The statement${atLine(c.line)} is longer than ${c.megabytes} MB.`,
    remedy: () => "Make the dump again without --inserts: rows then come as COPY, which may be of any length.",
  },
  "file.command_refused": {
    disposition: "never",
    what: (c) => `The script has a command of psql${atLine(c.line)} that is not run here: ${c.command}.`,
    remedy: () => "Dump one database with pg_dump, without --create; scripts for psql are not imported.",
  },
  "file.transaction_open": {
    disposition: "never",
    what: () => "The script begins a transaction and does not end it.",
    remedy: () => "Add a COMMIT at its end if it is whole, and bring it again.",
  },
  "file.rows_missing": {
    disposition: "never",
    what: (c) => `The file has ${c.expected} rows, and ${c.found} have arrived.`,
    remedy: () => "Say how the file is written if that was not recognised, and have it read again.",
  },
  "file.disk_full": {
    disposition: "wait",
    what: () => "The disk of the machine that Ferry runs on is full.",
    remedy: () => "Make room there, then have the file read again.",
  },
  "file.too_large": {
    disposition: "never",
    what: (c) => `The file would need about ${c.gigabytes} GB of disk while it is imported, and ${c.free} GB are free.`,
    remedy: () => "Make room on the machine that Ferry runs on; or load the file into a Postgres and import that.",
  },
} as const satisfies Record<string, CatalogueEntry>;
