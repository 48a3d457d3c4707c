import { expect, it } from "vitest";
import type { ArchiveEntry } from "./archive";
import { dropsOf } from "./drops";

const entry = (kind: string, dropStatement: string) => ({ kind, dropStatement }) as ArchiveEntry;

it.each([
  ["TABLE", "DROP TABLE public.orders;\n", ["DROP TABLE IF EXISTS public.orders"]],
  ["MATERIALIZED VIEW", "DROP MATERIALIZED VIEW public.m;\n", ["DROP MATERIALIZED VIEW IF EXISTS public.m"]],
  ["FUNCTION", "DROP FUNCTION public.f(a integer);\n", ["DROP FUNCTION IF EXISTS public.f(a integer)"]],
  ["SCHEMA", "DROP SCHEMA shop;\n", ["DROP SCHEMA IF EXISTS shop"]],
  ["OPERATOR CLASS", "DROP OPERATOR CLASS s.o USING btree;\n", ["DROP OPERATOR CLASS IF EXISTS s.o USING btree"]],
  [
    "FK CONSTRAINT",
    "ALTER TABLE ONLY public.a DROP CONSTRAINT a_fkey;\n",
    ["ALTER TABLE IF EXISTS ONLY public.a DROP CONSTRAINT IF EXISTS a_fkey"],
  ],
  [
    "DEFAULT",
    "ALTER TABLE public.a ALTER COLUMN id DROP DEFAULT;\n",
    ["ALTER TABLE IF EXISTS public.a ALTER COLUMN id DROP DEFAULT"],
  ],
  // These go with their tables.
  ["INDEX", "DROP INDEX public.i;\n", []],
  ["CONSTRAINT", "ALTER TABLE ONLY public.a DROP CONSTRAINT a_pkey;\n", []],
  ["TRIGGER", "DROP TRIGGER t ON public.a;\n", []],
  ["TABLE DATA", "", []],
  // Nothing of the database itself.
  ["DATABASE PROPERTIES", "ALTER DATABASE d RESET ALL;\n", []],
])("%s: %s", (kind, drop, expected) => {
  expect(dropsOf([entry(kind, drop)])).toEqual(expected);
});

it("what was made last goes first, and nothing cascades", () => {
  const drops = dropsOf([
    entry("SCHEMA", "DROP SCHEMA s;"),
    entry("TABLE", "DROP TABLE s.t;"),
    entry("VIEW", "DROP VIEW s.v;"),
  ]);
  expect(drops).toEqual(["DROP VIEW IF EXISTS s.v", "DROP TABLE IF EXISTS s.t", "DROP SCHEMA IF EXISTS s"]);
  expect(drops.join()).not.toMatch(/cascade/i);
});
