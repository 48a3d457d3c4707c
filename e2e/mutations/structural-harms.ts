import { access } from "./harms/access";
import { code } from "./harms/code";
import { constraints } from "./harms/constraints";
import { indexes } from "./harms/indexes";
import { others } from "./harms/others";
import { sequences } from "./harms/sequences";
import { tables } from "./harms/tables";

/** What is done to the target behind Ferry's back, and which difference must then be told. */
export interface StructuralHarm {
  harm: string;
  /** As a superuser. `READER` and `BOSS` stand for two roles. */
  sql: string;
  /** What the difference must name. */
  names: string | RegExp;
  /** What it must say of it, in its words or in the lines that differ. */
  says: RegExp;
  /** Harms that have one in common would hide each other in one database. */
  apart?: string;
}

export const structuralHarms: readonly StructuralHarm[] = [
  ...indexes,
  ...constraints,
  ...sequences,
  ...code,
  ...access,
  ...tables,
  ...others,
];
