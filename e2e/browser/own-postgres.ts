import { type PrivateServer, privateServer } from "@/e2e/servers/private-server";
import type { Version } from "@/e2e/servers/versions";
import { withSession } from "@/lib/postgres/session";

export interface OwnPostgres {
  server: PrivateServer;
  /** A small library, readable by its owner. */
  url: string;
  remove(): Promise<void>;
}

const SCHEMA = `
  create table authors (id int generated always as identity primary key, name text not null unique);
  create table books (
    id int generated always as identity primary key,
    author_id int not null references authors,
    title text not null,
    added date not null default date '2024-01-01');
  create index books_by_title on books (title);
  create view shelf as select name, count(*) as books from books join authors on authors.id = author_id group by name;
  insert into authors (name) select 'Author ' || n from generate_series(1, 40) n;
  insert into books (author_id, title) select 1 + n % 40, 'Book ' || n from generate_series(1, 2500) n;`;

/** A server of the test's own with something on it, reached as a plain user. */
export async function ownPostgres(version: Version): Promise<OwnPostgres> {
  const server = await privateServer(version);
  const { spec } = await server.createDatabase("library");
  const owner = await server.createRole({ prefix: "librarian", database: spec.database });
  await withSession(spec, { side: "metadata", name: "ferry test" }, async (client) => {
    await client.query(`alter database ${spec.database} owner to ${owner.name}`);
    await client.query(`grant all on schema public to ${owner.name}; set role ${owner.name}; ${SCHEMA}`);
  });
  return { server, url: owner.url, remove: () => server.remove() };
}

export async function emptyDatabase({ server }: OwnPostgres): Promise<string> {
  const { spec } = await server.createDatabase("arrival");
  const owner = await server.createRole({ prefix: "importer", database: spec.database });
  await withSession(spec, { side: "metadata", name: "ferry test" }, (client) =>
    client.query(`alter database ${spec.database} owner to ${owner.name}`),
  );
  return owner.url;
}
