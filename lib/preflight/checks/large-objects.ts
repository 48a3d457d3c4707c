import { quoteLiteral } from "@/lib/postgres/quote";
import { type Circumstance, check, finding } from "../check";
import { sizeWords } from "../size-words";

const areWanted = ({ options }: Circumstance) => options.content !== "schema" && options.largeObjects;
const objects = (count: number) => `${count} large object${count === 1 ? "" : "s"}`;

export const largeObjectAmount = check("size.large_objects", ["largeObjects"], (context) => {
  const { count, bytes } = context.largeObjects;
  if (count === 0 || context.options.content === "schema") return [];
  const found = `${objects(count)} (${sizeWords(bytes)} on disk)`;
  if (areWanted(context)) {
    const text = `${found} will be carried, with their comments; on the target the importing user owns them, and grants on them are left out.`;
    return [finding("size.large_objects", "info", text)];
  }
  return [
    finding("size.large_objects", "warn", `The source holds ${found}, which are left out unless they are asked for.`, {
      remedy: "If they are needed, choose them on the last page before the start, or use --large-objects.",
    }),
  ];
});

/** Each owner of some of them can run it: it grants what is theirs. */
const grantAll = (role: string) => `do $grant$
declare object oid;
begin
  for object in select oid from pg_catalog.pg_largeobject_metadata where pg_has_role(lomowner, 'usage') loop
    execute format('grant select on large object %s to %I', object, ${quoteLiteral(role)});
  end loop;
end $grant$;`;

export const readableLargeObjects = check("privileges.large_objects", ["server", "largeObjects"], (context) => {
  const { largeObjects, server } = context;
  if (!areWanted(context) || largeObjects.unreadable === 0) return [];
  const text = `User ${server.user} may not read ${objects(largeObjects.unreadable)} of ${largeObjects.count}.`;
  return [
    finding("privileges.large_objects", "block", text, {
      remedy: "Run this on the source as the owner of these objects, connect as their owner, or leave them out.",
      sql: grantAll(server.user),
    }),
  ];
});

/** They arrive under the oids that columns refer to, which others must not have. */
export const roomForLargeObjects = check("target.large_objects", ["target"], (context) => {
  const { target, resuming } = context;
  if (!areWanted(context) || !target || resuming || target.largeObjects === 0) return [];
  return [
    finding("target.large_objects", "block", `The target database has ${objects(target.largeObjects)} of its own.`, {
      remedy: "Create an empty database there and use its connection string, or leave large objects out.",
    }),
  ];
});
