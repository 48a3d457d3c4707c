import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { expect, it } from "vitest";
import { makeScene } from "@/e2e/imports/scene";
import { quoteIdentifier } from "@/lib/postgres/quote";
import { NASTY } from "./behaviours";
import { startFakeServer } from "./fake-server";
import { failure } from "./messages";

/** All that a terminal may be sent. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
const HARMLESS = /^[^\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]*$/;

async function check(source: string, target: string, ...more: string[]) {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, ["bin/ferry.mjs", "check", "--source", source, "--target", target, ...more], {
    env: { PATH, HOME, NODE_ENV: "production" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
  return { stdout, stderr };
}

it("sends nothing to a terminal that it would obey, whatever a server says", async () => {
  const hostile = await startFakeServer({
    onStartup: (line) => void line.write(failure(NASTY, { state: "42501" })),
  });
  const { stdout, stderr } = await check(hostile.url(), hostile.url());
  expect(stderr).toMatch(HARMLESS);
  expect(stderr).toContain("\\u001b]0;owned\\u0007\\u001b[2J\\u009b31m");
  expect(stdout).toBe("");
  hostile.close();
});

it("nor what names of a real catalogue hold", async () => {
  const name = (kind: string) => quoteIdentifier(`${kind} ${NASTY}`.slice(0, 60));
  const scene = await makeScene(`
    create schema ${name("s")};
    create unlogged table ${name("s")}.${name("t")} (${name("c")} int);
    create type ${name("e")} as enum ('${NASTY.replaceAll("'", "''").slice(0, 60)}');
    create table ${name("u")} (id int, kind ${name("e")});`);
  const asText = await check(scene.source.url, scene.target.url);
  for (const said of Object.values(asText)) expect(said).toMatch(HARMLESS);
  const asJson = await check(scene.source.url, scene.target.url, "--json");
  expect(asJson.stdout).toMatch(HARMLESS);
  expect(JSON.stringify(JSON.parse(asJson.stdout))).toContain("\\u001b]0;owned");
  await scene.close();
});
