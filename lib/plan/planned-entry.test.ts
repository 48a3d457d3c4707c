import { expect, it } from "vitest";
import { type EntryRole, type PlannedEntry, roleOf } from "./planned-entry";

const entry = (kind: string, statement: string, name = "t x"): PlannedEntry => ({
  id: 1,
  kind,
  section: "post-data",
  subject: `public.${name}`,
  name,
  tableOid: 1,
  dependencies: [],
  statement,
  bestEffort: false,
});

it.each<[EntryRole, PlannedEntry]>([
  ["index", entry("INDEX", "CREATE INDEX i ON public.t USING btree (a);")],
  ["index", entry("CONSTRAINT", "ALTER TABLE ONLY public.t\n    ADD CONSTRAINT t_pkey PRIMARY KEY (id);")],
  ["check", entry("CONSTRAINT", "ALTER TABLE public.t\n    ADD CONSTRAINT nn NOT NULL a NOT VALID;")],
  ["check", entry("CHECK CONSTRAINT", "ALTER TABLE public.t\n    ADD CONSTRAINT c CHECK ((a > 5)) NOT VALID;")],
  [
    "foreign-key",
    entry("FK CONSTRAINT", "ALTER TABLE ONLY public.t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES u(b);"),
  ],
  ["attach", entry("INDEX ATTACH", "ALTER INDEX public.i ATTACH PARTITION public.j;")],
  ["definition", entry("VIEW", "CREATE VIEW v AS SELECT 1;")],
  ["definition", entry("MATERIALIZED VIEW", "CREATE MATERIALIZED VIEW m AS SELECT 1 WITH NO DATA;")],
  ["definition", entry("RULE", "CREATE OR REPLACE VIEW v AS SELECT 1;", "v _RETURN")],
  ["post", entry("RULE", "CREATE RULE r AS ON INSERT TO t DO NOTHING;", "t r")],
  ["post", entry("TRIGGER", "CREATE TRIGGER x …;")],
  ["post", entry("SOMETHING NEW", "CREATE SOMETHING;")],
])("%s: $kind", (role, planned) => {
  expect(roleOf(planned)).toBe(role);
});
