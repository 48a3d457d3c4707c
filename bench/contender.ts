import type { Finished } from "./program";

/** One way to copy a database, as it is on this machine. */
export interface Contender {
  name: string;
  /** And what it is told, where its name does not say. */
  version: string;
  copy(ends: Ends): Promise<Copy>;
}

/** One that cannot take part, and why. */
export interface Absent {
  name: string;
  absent: string;
}

export interface Ends {
  /** URLs of the source and of a database that is empty. */
  source: string;
  target: string;
  /** An empty folder. */
  folder: string;
}

export interface Copy {
  seconds: number;
  /** The program behind it, where it is one that is looked into further. */
  finished?: Finished;
}
